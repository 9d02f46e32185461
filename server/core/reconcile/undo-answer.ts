import type { LinkId } from "../ids.ts";
import type { FieldRules } from "../ownership/field-rules.ts";
import { type FieldValue, isTuple } from "../values/field-value.ts";
import { openQuestion, toldBy } from "./candidates.ts";
import { findDue } from "./find-due.ts";
import { holdAgain } from "./hold-again.ts";
import type { Met } from "./kept-apart.ts";
import { isMerged, refreshKeys } from "./keys.ts";
import { baseOf, hubOf, withHub } from "./sides.ts";
import type { Candidate, Conflict, HubValue, RecordState, Source } from "./state.ts";
import {
  type Changes,
  conflictsOf,
  linkOf,
  putConflict,
  putLink,
  putRecord,
  recordOf,
  startWork,
  type Working,
  type World,
} from "./world.ts";

/** A person's answer as it was given, with what stood before it. */
export type GivenAnswer = {
  readonly conflict: Conflict;
  readonly by: Source;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The hub's value that the answer replaced; undefined where there was none. */
  readonly before: HubValue | undefined;
  /** Values that systems were allowed to keep until the answer came to them. */
  readonly met: readonly Met[];
  /** For a question about a delete: when the record was deleted before the answer; else null. */
  readonly deletedBefore: string | null;
  /** Links that a write is on its way to: their system will not hold their candidate any more. */
  readonly sending: ReadonlySet<LinkId>;
  /** Rows of the record have been deleted since. */
  readonly rowsDeleted: boolean;
};

export type Undone =
  | { readonly kind: "reopened"; readonly conflict: Conflict; readonly changes: Changes }
  /** The answer does not stand any more: a sentence that says why. Nothing was done. */
  | { readonly kind: "moved"; readonly message: string };

/**
 * Takes a person's answer back: what the hub had before stands again, and the question is open
 * again. Only while the answer itself still stands.
 */
export function undoAnswer(
  world: World,
  given: GivenAnswer,
  act: { readonly person: Source; readonly command: string },
  newId: () => string,
): Undone {
  const work = startWork(world, newId);
  const { conflict } = given;
  const record = recordOf(work, conflict.record);
  if (record === undefined) return moved("The record is not there any more.");
  const refusal =
    conflict.kind === "delete"
      ? reopenDelete(work, record, given)
      : reopenField(work, record, given);
  if (refusal !== null) return moved(refusal);
  const candidates = conflict.candidates.map((candidate) => present(work, given, candidate));
  const open = {
    ...conflict,
    state: "open" as const,
    revision: conflict.revision + 1,
    candidates,
  };
  putConflict(work, open);
  tell(work, record, given, act);
  refreshKeys(work, record.id);
  findDue(work, record.id);
  return { kind: "reopened", conflict: open, changes: work.changes };
}

const moved = (message: string): Undone => ({ kind: "moved", message });

function reopenField(work: Working, record: RecordState, given: GivenAnswer): string | null {
  const rules = rulesOf(work, record, given.conflict.field);
  if (rules === undefined) return "The field is not in the map any more.";
  if (record.deletedAt !== null) return "The record was deleted since.";
  if (openQuestion(work, record, rules) !== undefined) {
    return "There is a newer question about this field; decide that one.";
  }
  const hub = hubOf(record.values, rules);
  if (hub === undefined || !isOf(hub, given)) return "The value has changed since.";
  const wasTuple = given.conflict.candidates.some(({ value }) => isTuple(value));
  if (wasTuple !== (rules.parts !== null)) {
    return "The map decides this field with others since, or no more; set its value instead.";
  }
  const back = given.before ?? { v: nothing(rules), by: given.by, at: work.world.now };
  putRecord(work, { ...record, values: withHub(record.values, rules, back) });
  for (const met of given.met) keepApart(work, record, met);
  return null;
}

/** A system has again what it was allowed to keep, if it has it still. */
function keepApart(work: Working, answered: RecordState, { link: id, field }: Met): void {
  const link = linkOf(work, id);
  const base = link?.bases[field];
  const rules = work.world.map.entities.get(answered.entity)?.fields.get(field);
  const met = answered.values[field];
  if (link === undefined || base === undefined || rules === undefined || met === undefined) return;
  if (!rules.equals(base.s, met.v)) return;
  putLink(work, { ...link, bases: { ...link.bases, [field]: { s: base.s, apart: true } } });
}

/** No value, of a group in none of its parts. */
function nothing({ parts }: FieldRules): FieldValue {
  if (parts === null) return null;
  return { parts: Object.fromEntries(parts.map(({ field }) => [field, null])) };
}

/** Is it the very value that the answer set? */
function isOf(hub: HubValue, { by, at }: GivenAnswer): boolean {
  return hub.by === by && Date.parse(hub.at) === Date.parse(at);
}

function reopenDelete(work: Working, record: RecordState, given: GivenAnswer): string | null {
  if (isMerged(record)) return "The record was merged into another one since.";
  if (given.rowsDeleted) return "Rows of the record have been deleted since.";
  if (conflictsOf(work, record.id).some(({ kind }) => kind === "delete")) {
    return "There is a newer question about this record; decide that one.";
  }
  putRecord(work, { ...record, deletedAt: given.deletedBefore });
  if (given.deletedBefore === null) holdAgain(work, record.id);
  return null;
}

/**
 * A candidate as it is now. One whose system has been written to since holds that value no more:
 * it can still be chosen, and its link's base is left alone.
 */
function present(work: Working, given: GivenAnswer, candidate: Candidate): Candidate {
  const { conflict, sending } = given;
  if (candidate.link === null || conflict.field === null) return candidate;
  const link = linkOf(work, candidate.link);
  const record = recordOf(work, conflict.record);
  const rules = record === undefined ? undefined : rulesOf(work, record, conflict.field);
  const value = rules === undefined ? null : toldBy(work, candidate, rules);
  const base = rules && link && baseOf(link.bases, rules, value);
  const holds =
    link?.state === "live" &&
    base !== undefined &&
    rules?.equals(base.s, value) === true &&
    !sending.has(candidate.link);
  return holds ? candidate : { ...candidate, link: null };
}

function rulesOf(work: Working, record: RecordState, field: string | null): FieldRules | undefined {
  const entity = work.world.map.entities.get(record.entity);
  return field === null ? undefined : entity?.deciders.get(field);
}

function tell(
  work: Working,
  record: RecordState,
  { conflict, by, at, deletedBefore }: GivenAnswer,
  act: { readonly person: Source; readonly command: string },
): void {
  const { field } = conflict;
  const cause = {
    conflict: conflict.id,
    command: act.command,
    detail: "The question is open again.",
  };
  const common = {
    actor: act.person,
    entity: record.entity,
    record: record.id,
    link: null,
    system: null,
    field,
    rule: "person" as const,
    cause,
  };
  if (field === null) {
    const kind = deletedBefore === null ? ("restored" as const) : ("deleted" as const);
    if ((record.deletedAt === null) !== (deletedBefore === null)) {
      work.changes.audit.push({ ...common, kind });
    }
    return;
  }
  for (const { field: id } of rulesOf(work, record, field)?.parts ?? [{ field }]) {
    const before: FieldValue | undefined = record.values[id]?.v;
    const after = recordOf(work, record.id)?.values[id]?.v;
    work.changes.audit.push({
      ...{ ...common, kind: "set", field: id },
      ...(before === undefined ? {} : { before, losers: [{ from: by, value: before, at }] }),
      ...(after === undefined ? {} : { after }),
    });
  }
}
