import { admits, type FieldRules, rulesFor } from "../ownership/field-rules.ts";
import type { FieldValue } from "../values/field-value.ts";
import { rowLine } from "./lines.ts";
import { minuteOf, waitsWithMany, windowOf } from "./mass-guard.ts";
import { unknownOf } from "./own-write.ts";
import type { Attempt, FieldProblem, LinkState, MappedObservation, RecordState } from "./state.ts";
import { heldOf, linkOf, putLink, recordOf, type Working } from "./world.ts";

/** The codes of values that wait with many others. */
export const MASS_CODES = { cleared: "mass-cleared", changed: "mass-changed" } as const;

/** Does a value wait with many others, so that nothing but a person or its row lets it go? */
export const isMassCode = (code: string | undefined): boolean =>
  code === MASS_CODES.cleared || code === MASS_CODES.changed;

/** Is the row told as deleted with so many others that a person is asked first? */
export function isGoneWithMany(
  work: Working,
  link: LinkState,
  { at }: MappedObservation,
  attempt: Attempt | undefined,
): boolean {
  const record = recordOf(work, link.record);
  // What we deleted ourselves, and a row whose record is gone already, takes nothing with it.
  if (attempt !== undefined || record === undefined || record.deletedAt !== null) return false;
  const place = { binding: link.binding, kind: "gone" as const, field: null };
  return waitsWithMany(work, place, at ?? work.world.now);
}

/**
 * Its link stands, and nothing is read or written there until a person has decided, or the row is
 * there again.
 */
export function holdGone(work: Working, link: LinkState, observation: MappedObservation): void {
  const { position, transaction, at } = observation;
  const record = recordOf(work, link.record);
  putLink(work, { ...link, state: "missing", position });
  if (record === undefined) return;
  const cause = { position, transaction, at, detail: "The row is gone, with many others." };
  const actor = `system:${link.system}`;
  const told = { kind: "held", actor, rule: "mass-change", cause } as const;
  work.changes.audit.push(rowLine(record, link, told));
}

/**
 * The observation without the values that wait with many others for a person: those are problems
 * of it, and held like a value that breaks a rule.
 */
export function withoutMany(
  work: Working,
  linkId: LinkState["id"],
  observation: MappedObservation,
  attempt: Attempt | undefined,
): MappedObservation {
  const link = linkOf(work, linkId);
  const record = link === undefined ? undefined : recordOf(work, link.record);
  if (work.world.mass === undefined || link === undefined || record === undefined) {
    return observation;
  }
  const row: Row = { work, link, record, observation, attempt };
  const waiting = Object.entries(observation.fields).flatMap(([field, value]) => {
    const kind = kindOf(row, field, value);
    return kind !== null && waits(row, { kind, field, value }) ? [problem(kind, field, value)] : [];
  });
  if (waiting.length === 0) return observation;
  const bad = new Set(waiting.map(({ field }) => field));
  const taken = Object.entries(observation.fields).filter(([field]) => !bad.has(field));
  return {
    ...observation,
    fields: Object.fromEntries(taken),
    problems: [...observation.problems, ...waiting],
  };
}

type Row = {
  readonly work: Working;
  readonly link: LinkState;
  readonly record: RecordState;
  readonly observation: MappedObservation;
  readonly attempt: Attempt | undefined;
};

type News = {
  readonly kind: keyof typeof MASS_CODES;
  readonly field: string;
  readonly value: FieldValue;
};

/** What the value does to its field, where it is an edit of somebody there. */
function kindOf(row: Row, field: string, value: FieldValue): News["kind"] | null {
  const { work, link, attempt } = row;
  const rules = work.world.map.bindings.get(link.binding)?.fields.get(field);
  const base = link.bases[field];
  if (rules === undefined || base === undefined || rules.equals(base.s, value)) return null;
  const ours = [...(attempt === undefined ? [] : [attempt]), ...unknownOf(work, link.id)];
  if (ours.some(({ sent }) => sent[field] !== undefined && rules.equals(sent[field], value))) {
    return null;
  }
  return rules.isBlank(value) ? "cleared" : "changed";
}

function waits(row: Row, news: News): boolean {
  const { work, link, observation } = row;
  const { kind, field, value } = news;
  const binding = work.world.map.bindings.get(link.binding);
  const rules = binding?.fields.get(field);
  if (rules === undefined || !isEdit(row, rules, value)) return false;
  if (isHeldAs(row, news)) return true;
  const base = link.bases[field];
  if (binding?.massLimit(kind, field) == null) return false;
  if (kind === "cleared" && base !== undefined && rules.isBlank(base.s)) return false;
  const at = observation.at ?? work.world.now;
  if (kind === "changed" && isCounted(row, field, at)) return false;
  return waitsWithMany(work, { binding: link.binding, kind, field }, at);
}

/** What the field's owners refuse anyway needs no guard. */
function isEdit({ record, observation }: Row, rules: FieldRules, value: FieldValue): boolean {
  const hub = record.values[rules.field];
  const { system } = observation;
  return (
    record.deletedAt === null && admits(rulesFor(rules, record.values), { system, hub, value })
  );
}

/** It waits already, and is counted. A value that comes back to a cleared field waits no more. */
function isHeldAs({ work, record, link }: Row, { kind, field }: News): boolean {
  const held = heldOf(work, record.id).find((one) => one.link === link.id && one.field === field);
  return held?.code === MASS_CODES[kind];
}

/** Rows are counted, not edits: one that the system has changed within the window is in already. */
function isCounted({ record, observation }: Row, field: string, at: string): boolean {
  const hub = record.values[field];
  if (hub === undefined || hub.by !== `system:${observation.system}`) return false;
  return windowOf(at).includes(minuteOf(hub.at));
}

function problem(kind: News["kind"], field: string, value: FieldValue): FieldProblem {
  const what = kind === "cleared" ? "was cleared" : "was changed";
  const message = `The field ${what} in many rows at once. It waits with them for a person.`;
  return { field, code: MASS_CODES[kind], message, value };
}
