import type { BindingId, LinkId, QuarantineId, RecordId, SystemId } from "../ids.ts";
import type { Refer } from "../mapping/refer.ts";
import type { BindingRules } from "../plan/compile-map.ts";
import { planDelivery } from "../plan/plan-delivery.ts";
import { asPosition, type Position } from "../position.ts";
import type { Columns, FieldValue, FieldValues } from "../values/field-value.ts";
import { decideFields } from "./decide-fields.ts";
import { heldFields } from "./due.ts";
import { findDue } from "./find-due.ts";
import { refreshKeys } from "./keys.ts";
import { reconcileBatch } from "./reconcile-batch.ts";
import { referIn } from "./refer.ts";
import {
  type Base,
  type FieldProblem,
  type LinkState,
  type MappedObservation,
  type RecordState,
  rowOf,
  type Source,
} from "./state.ts";
import { validated } from "./validate.ts";
import {
  type Changes,
  release as endHold,
  heldOf,
  putLink,
  putRecord,
  startWork,
  type Working,
  type World,
} from "./world.ts";

/** Something that waits in quarantine, as far as a decision needs it. */
export type HeldItem = WaitingItem & { readonly id: QuarantineId };

/** The same of what waits anywhere, as a row does that matches nobody yet. */
export type WaitingItem = {
  readonly kind: "value" | "row" | "delivery";
  readonly record: RecordId | null;
  readonly link: LinkId | null;
  readonly binding: BindingId;
  readonly system: SystemId;
  readonly externalId: string | null;
  readonly field: string | null;
  readonly value?: FieldValue;
  /** The row as it was seen last, where it waits as a whole; null where it cannot be kept. */
  readonly columns: Columns | null;
  /** Where in its system's order it was told so; null where nobody kept it. */
  readonly position: Position | null;
};

export type DecidedAgain =
  /** It passes: what follows is to be committed. */
  | { readonly kind: "passes"; readonly changes: Changes }
  /** It is to be sent again; only the target can say whether it takes it now. */
  | { readonly kind: "due"; readonly changes: Changes }
  | { readonly kind: "fails"; readonly problem: Pick<FieldProblem, "code" | "message" | "value"> }
  /** It concerns nobody any more: its row, record or rule is gone. A sentence says which. */
  | { readonly kind: "moot"; readonly message: string };

/**
 * Decides quarantined work anew by today's map and the present state of both sides: nothing in
 * quarantine is an old payload.
 * @param place how far its system has been read: a row without a link has been seen up to there
 */
export function decideAgain(
  world: World,
  item: WaitingItem,
  place: string,
  newId: () => string,
): DecidedAgain {
  switch (item.kind) {
    case "value":
      return valueAgain(world, item, newId);
    case "row":
      return rowAgain(world, item, place, newId);
    case "delivery":
      return deliveryAgain(world, item, newId);
  }
}

const moot = (message: string): DecidedAgain => ({ kind: "moot", message });

function valueAgain(world: World, item: WaitingItem, newId: () => string): DecidedAgain {
  const found = placeOf(world, item);
  if (typeof found === "string") return moot(found);
  const { link, rules, field } = found;
  if (!rules.inFields.includes(field)) return moot("The map does not read this field any more.");
  const work = startWork(world, newId);
  const { fields, problems } = rules.mapping.forward(link.columns, null, referIn(work, rules));
  const problem = problems.find((one) => one.field === field);
  if (problem !== undefined) return { kind: "fails", problem };
  const value = fields[field];
  if (value === undefined) {
    const message = "The row's columns are not all known; its next change tells them.";
    return { kind: "fails", problem: { code: "absent", message, value: item.value ?? null } };
  }
  // What is decided together is told together.
  const read = rules.entity.groups.find((group) => group.includes(field)) ?? [field];
  const told = { ...rowOf(link, {}), fields: only(fields, read) };
  const row = validated(work, link.id, told, undefined);
  const broken = row.problems.find((one) => one.field === field);
  if (broken !== undefined) return { kind: "fails", problem: broken };
  decideFields(work, link.id, row, undefined);
  finish(work, link.record);
  return { kind: "passes", changes: work.changes };
}

const only = (fields: FieldValues, ids: readonly string[]): FieldValues =>
  Object.fromEntries(Object.entries(fields).filter(([id]) => ids.includes(id)));

function rowAgain(
  world: World,
  item: WaitingItem,
  place: string,
  newId: () => string,
): DecidedAgain {
  const rules = world.map.bindings.get(item.binding);
  if (rules === undefined) return moot("The map does not read this object any more.");
  if (item.externalId === null) return moot("The row is not known.");
  if (item.columns === null) {
    const message = "The row could not be kept as it is; its next change tells it anew.";
    return { kind: "fails", problem: { code: "not-storable", message, value: null } };
  }
  const refer = referIn(startWork(world, newId), rules);
  const told = item.position ?? place;
  const seen = { externalId: item.externalId, columns: item.columns, place: told };
  const row = observe(rules, seen, refer);
  if (row.outside !== undefined) return moot(`The row lies outside the scope: ${row.outside}`);
  const changes = reconcileBatch(world, [row], newId);
  const [first] = changes.quarantined.filter(({ kind }) => kind === "row");
  if (first !== undefined) return { kind: "fails", problem: first.problem };
  if (changes.links.size > 0) return { kind: "passes", changes };
  return moot("Rows of this object make no records any more, and this one matches none.");
}

function deliveryAgain(world: World, item: WaitingItem, newId: () => string): DecidedAgain {
  const found = placeOf(world, item);
  if (typeof found === "string") return moot(found);
  const { link, record, rules, field } = found;
  const conflicts = world.conflicts.get(record.id) ?? [];
  const work = startWork(world, newId);
  const plan = planDelivery({
    rules,
    record,
    link,
    refer: referIn(work, rules),
    held: heldFields(rules.entity, conflicts, world.held.get(record.id) ?? []),
    deleteAsked: conflicts.some(({ kind }) => kind === "delete"),
  });
  if (plan.kind === "nothing" || plan.kind === "delete") {
    return moot("There is nothing left to write here.");
  }
  const problem = plan.problems.find((one) => one.field === field);
  if (problem !== undefined) return { kind: "fails", problem };
  if (plan.kind === "blocked") {
    const [first] = plan.problems;
    if (first !== undefined) return { kind: "fails", problem: first };
  }
  finish(work, record.id);
  return { kind: "due", changes: work.changes };
}

export type Found = {
  readonly link: LinkState;
  readonly record: RecordState;
  readonly rules: BindingRules;
  readonly field: string;
};

/** The present place of an item, or why it has none. */
export function placeOf(world: World, item: WaitingItem): Found | string {
  const found = placeEvenOfDeleted(world, item);
  if (typeof found === "string" || found.record.deletedAt === null) return found;
  // As long as somebody is asked whether it is to be kept, what waits of it waits.
  const open = world.conflicts.get(found.record.id) ?? [];
  return open.some(({ kind }) => kind === "delete") ? found : "The record was deleted since.";
}

/** The same, where the row may be one that was left when its record was deleted. */
export function placeEvenOfDeleted(world: World, item: WaitingItem): Found | string {
  const link = item.link === null ? undefined : world.links.get(item.link);
  const record = link === undefined ? undefined : world.records.get(link.record);
  const rules = link === undefined ? undefined : world.map.bindings.get(link.binding);
  if (link === undefined || record === undefined) return "Its record is not there any more.";
  if (rules === undefined || item.field === null) return "The map has no such place any more.";
  if (link.state === "gone") return "The row was deleted since.";
  if (link.state === "archived") return "The row was put away since.";
  if (link.state === "left") return "The row has left the scope of its binding since.";
  if (link.state === "unlinked") return "The row is not this record's any more.";
  return { link, record, rules, field: item.field };
}

/** A row as its binding's map reads it now. Its fields' time is not known. */
export function observe(
  rules: BindingRules,
  row: { readonly externalId: string; readonly columns: Columns; readonly place: string },
  refer: Refer,
): MappedObservation {
  const { externalId, columns, place } = row;
  const miss = rules.scope?.missOf(columns) ?? null;
  return {
    ...(miss === null ? {} : { outside: miss }),
    binding: rules.binding.id as BindingId,
    system: rules.binding.system as SystemId,
    externalId,
    kind: "full",
    columns,
    ...rules.mapping.forward(columns, null, refer),
    position: asPosition(place),
    at: null,
    transaction: null,
  };
}

/** Notes what follows for the record's keys and for what is due to its rows. */
export function finish(work: Working, record: RecordId): void {
  refreshKeys(work, record);
  findDue(work, record);
}

/**
 * The refused value, and what waits with it in the same row because it is decided together. A part
 * that does not fit either waits on.
 */
export function waitingWith(
  work: Working,
  item: HeldItem,
  { link, rules, field }: Found,
): FieldValues {
  const group = rules.entity.groups.find((one) => one.includes(field)) ?? [field];
  const { fields } = rules.mapping.forward(link.columns, null, referIn(work, rules));
  const held = heldOf(work, link.record).filter((one) => one.link === link.id);
  const others = group.filter((id) => id !== field && held.some((one) => one.field === id));
  return { ...only(fields, others), ...(item.value === undefined ? {} : { [field]: item.value }) };
}

export type Correction = {
  readonly value: FieldValue;
  readonly person: Source;
  readonly command: string;
};

/**
 * A person says what the refused value should have been: the hub takes it, the refused one is
 * accounted for, and the hub's value is due in its place.
 * @returns null where the item has no place any more
 */
export function correctValue(
  world: World,
  item: HeldItem,
  { value, person, command }: Correction,
  newId: () => string,
): Changes | null {
  const found = placeOf(world, item);
  if (typeof found === "string" || item.kind !== "value") return null;
  const { link, record, field } = found;
  const work = startWork(world, newId);
  const told = waitingWith(work, item, found);
  const values = { ...record.values };
  const bases: Record<string, Base> = { ...link.bases };
  for (const [part, v] of Object.entries({ ...told, [field]: value })) {
    const before = record.values[part];
    const refused = told[part];
    values[part] = { v, by: person, at: world.now };
    // Until it has given way in its system, no rule holds it again.
    bases[part] = part === field ? { s: refused ?? null, void: true, said: item.id } : { s: v };
    const isRefused = part === field && refused !== undefined;
    work.changes.audit.push({
      kind: "set",
      actor: person,
      entity: record.entity,
      record: record.id,
      link: link.id,
      system: link.system,
      field: part,
      ...(before === undefined ? {} : { before: before.v }),
      after: v,
      ...(isRefused ? { losers: [{ from: `system:${link.system}`, value: refused }] } : {}),
      rule: "person",
      cause: { command, quarantine: item.id },
    });
  }
  putRecord(work, { ...record, values });
  putLink(work, { ...link, bases });
  release(work, item, found);
  finish(work, record.id);
  return work.changes;
}

/** The value waits no more, and neither does what waited for it alone. */
export function release(work: Working, item: HeldItem, found: Found): void {
  const over = new Set([item.field, ...Object.keys(waitingWith(work, item, found))]);
  const { link, record } = found;
  endHold(work, record.id, (held) => held.link === link.id && over.has(held.field));
}
