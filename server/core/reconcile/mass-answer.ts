import type { LinkId } from "../ids.ts";
import type { FieldValue } from "../values/field-value.ts";
import { type Found, type HeldItem, placeOf, waitingWith } from "./decide-again.ts";
import { decideFields } from "./decide-fields.ts";
import { findDue } from "./find-due.ts";
import { newLink, placeIn } from "./identify.ts";
import { refreshKeys } from "./keys.ts";
import { letDeliveriesGo } from "./let-go.ts";
import { rowLine } from "./lines.ts";
import { referIn } from "./refer.ts";
import { rowGone } from "./row-gone.ts";
import { type LinkState, rowOf, type Source } from "./state.ts";
import { validated } from "./validate.ts";
import {
  type Changes,
  heldOf,
  linkOf,
  liveLink,
  putLink,
  recordOf,
  release,
  startWork,
  type Working,
  type World,
} from "./world.ts";

/** What becomes of a row that is gone when a person says that its record is to stay. */
export const KEPT_ENDS = ["again", "unlink", "leave"] as const;
/**
 * again: it is made again where its binding makes rows · unlink: its record goes on without it ·
 * leave: it stays linked, for a whole read may not have found what is there
 */
export type KeptEnd = (typeof KEPT_ENDS)[number];

export type MassAct = { readonly person: Source; readonly command: string };

type Keeping = MassAct & { readonly end: KeptEnd };

/** A person allows it: the rows are gone, and their bindings say what that means, as of today. */
export function endMissing(world: World, links: readonly LinkId[], newId: () => string): Changes {
  const work = startWork(world, newId);
  for (const link of missing(work, links)) {
    const isElsewhere = placeIn(work, link.record, link.binding) !== undefined;
    if (isElsewhere) bury(work, link, { rule: "row-gone" });
    else {
      const told = { ...rowOf(link, {}), kind: "gone" as const };
      rowGone(work, link, told, { attempt: undefined, isStray: false });
    }
  }
  return finished(work);
}

/** A person refuses it: the records stay, each with a line that says so. */
export function keepMissing(
  world: World,
  links: readonly LinkId[],
  act: Keeping,
  newId: () => string,
): Changes {
  const work = startWork(world, newId);
  for (const link of missing(work, links)) {
    if (act.end === "leave" && mayLive(work, link)) {
      putLink(work, { ...link, state: "live" });
      tellKept(work, link, act, "its row is looked for again by the next whole read");
      continue;
    }
    const rules = work.world.map.bindings.get(link.binding);
    const isElsewhere = placeIn(work, link.record, link.binding) !== undefined;
    const lives = recordOf(work, link.record)?.deletedAt === null;
    const again =
      act.end === "again" && lives && !isElsewhere && rules?.binding.createsRows === true;
    bury(work, link, { rule: "mass-change" });
    tellKept(work, link, act, again ? "its row is made again" : "it goes on without this row");
    if (again && rules !== undefined) putLink(work, newLink(work, link.record, rules));
  }
  return finished(work);
}

function missing(work: Working, links: readonly LinkId[]): LinkState[] {
  return links.flatMap((id) => {
    const link = linkOf(work, id);
    return link?.state === "missing" ? [link] : [];
  });
}

/** The row is gone, and nothing follows from it. */
function bury(
  work: Working,
  link: LinkState,
  { rule }: { readonly rule: "row-gone" | "mass-change" },
): void {
  const record = recordOf(work, link.record);
  putLink(work, { ...link, state: "gone" });
  release(work, link.record, (one) => one.link === link.id);
  letDeliveriesGo(work, link.id, { actor: "engine", note: "The row was deleted." });
  if (record === undefined) return;
  const cause = { position: link.position };
  const actor = `system:${link.system}`;
  work.changes.audit.push(rowLine(record, link, { kind: "row-gone", actor, rule, cause }));
}

/** Has neither its record nor its id another place by now? */
function mayLive(work: Working, { record, binding, externalId }: LinkState): boolean {
  return (
    placeIn(work, record, binding) === undefined &&
    liveLink(work, binding, externalId ?? "") === undefined
  );
}

function tellKept(work: Working, link: LinkState, act: Keeping, end: string): void {
  const record = recordOf(work, link.record);
  if (record === undefined) return;
  work.changes.audit.push({
    kind: act.end === "leave" ? "linked" : "unlinked",
    actor: act.person,
    entity: record.entity,
    record: record.id,
    link: link.id,
    system: link.system,
    field: null,
    rule: "person",
    cause: { command: act.command, detail: `The record stays, and ${end}.` },
  });
}

/**
 * A person allows it: the values are decided by today's map and the present state of both sides.
 * What fails for another reason now waits on, with that reason.
 */
export function takeValues(world: World, items: readonly HeldItem[], newId: () => string): Changes {
  const work = startWork(world, newId);
  for (const item of items) {
    const found = valueNow(work, item);
    if (found === null) continue;
    const { link, field, value } = found;
    const told = { ...rowOf(link, {}), fields: { [field]: value } };
    decideFields(work, link.id, validated(work, link.id, told, undefined), undefined);
    refreshKeys(work, link.record);
  }
  return finished(work);
}

/**
 * A person refuses it: the hub keeps its values, which are due to the system where it receives
 * them, and each refused one is named in a line. What is decided together with one is refused with
 * it: nobody gets a mix.
 */
export function refuseValues(
  world: World,
  items: readonly HeldItem[],
  act: MassAct,
  newId: () => string,
): Changes {
  const work = startWork(world, newId);
  for (const item of items) {
    const found = valueNow(work, item);
    if (found === null || !waits(work, found)) continue;
    const values = waitingWith(work, { ...item, value: found.value }, found);
    const { link } = found;
    release(work, link.record, (held) => held.link === link.id && held.field in values);
    for (const [field, value] of Object.entries(values)) {
      refuseValue(work, { ...found, field, value }, { ...act, quarantine: item.id });
    }
  }
  return finished(work);
}

/** One that was refused with another of its group waits no more. */
function waits(work: Working, { link, field }: Waiting): boolean {
  return heldOf(work, link.record).some((held) => held.link === link.id && held.field === field);
}

function refuseValue(
  work: Working,
  { link: { id }, record, rules, field, value }: Waiting,
  { person, command, quarantine }: MassAct & { readonly quarantine: HeldItem["id"] },
): void {
  const link = linkOf(work, id);
  if (link === undefined) return;
  const hub = record.values[field];
  const stands = hub === undefined ? { s: value } : { s: value, g: hub.v };
  const base = rules.outFields.includes(field) ? ({ s: value, void: true } as const) : stands;
  putLink(work, { ...link, bases: { ...link.bases, [field]: base } });
  work.changes.audit.push({
    kind: "rejected",
    actor: person,
    entity: record.entity,
    record: record.id,
    link: id,
    system: link.system,
    field,
    ...(hub === undefined ? {} : { after: hub.v }),
    losers: [{ from: `system:${link.system}`, value }],
    rule: "person",
    cause: { command, quarantine },
  });
}

type Waiting = Found & { readonly value: FieldValue };

/** What the row has of the field now; null where it has no place any more. */
function valueNow(work: Working, item: HeldItem): Waiting | null {
  const found = placeOf(work.world, item);
  if (typeof found === "string") return null;
  const { rules, field } = found;
  const link = linkOf(work, found.link.id) ?? found.link;
  const record = recordOf(work, link.record) ?? found.record;
  if (!rules.inFields.includes(field)) return null;
  const value = rules.mapping.forward(link.columns, null, referIn(work, rules)).fields[field];
  return value === undefined ? null : { ...found, link, record, value };
}

function finished(work: Working): Changes {
  for (const record of work.touched) findDue(work, record);
  return work.changes;
}
