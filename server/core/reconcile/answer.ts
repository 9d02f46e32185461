import type { ConflictId, RecordId } from "../ids.ts";
import type { FieldValue } from "../values/field-value.ts";
import { openQuestion, settle } from "./candidates.ts";
import { findDue } from "./find-due.ts";
import { holdAgain } from "./hold-again.ts";
import { newLink } from "./identify.ts";
import { refreshKeys } from "./keys.ts";
import { deleteRecord } from "./row-gone.ts";
import { hubOf, whole, withHub } from "./sides.ts";
import type { Conflict, LinkState, Source } from "./state.ts";
import {
  type Changes,
  linkOf,
  putConflict,
  putLink,
  putRecord,
  recordOf,
  startWork,
  type Working,
  type World,
} from "./world.ts";

/** What a person chose for an open question. */
export type Choice =
  | { readonly kind: "candidate"; readonly from: Source }
  /** Keep the hub's value, the last agreed one where no side has changed it. */
  | { readonly kind: "hub" }
  | { readonly kind: "value"; readonly value: FieldValue }
  /** For a question about a delete. */
  | { readonly kind: "delete" }
  | { readonly kind: "keep" };

export type Answer = {
  readonly conflict: ConflictId;
  /** The revision that was shown: an answer counts only for the values that were shown. */
  readonly revision: number;
  readonly choice: Choice;
  readonly person: Source;
  readonly command: string;
};

export type Answered =
  | { readonly kind: "resolved"; readonly changes: Changes }
  /** A value has moved since: nothing was done; the question as it is now. */
  | { readonly kind: "moved"; readonly conflict: Conflict }
  | { readonly kind: "no-such-candidate" };

/** Settles an open question with a person's choice. Pure; `world` holds the question's record. */
export function answerConflict(
  world: World,
  conflict: Conflict,
  answer: Answer,
  newId: () => string,
): Answered {
  if (conflict.revision !== answer.revision) return { kind: "moved", conflict };
  const work = startWork(world, newId);
  const ok =
    conflict.kind === "delete"
      ? answerDelete(work, conflict, answer)
      : answerField(work, conflict, answer);
  if (!ok) return { kind: "no-such-candidate" };
  refreshKeys(work, conflict.record);
  findDue(work, conflict.record);
  return { kind: "resolved", changes: work.changes };
}

function answerField(work: Working, conflict: Conflict, answer: Answer): boolean {
  const record = recordOf(work, conflict.record);
  const rules =
    record === undefined || conflict.field === null
      ? undefined
      : work.world.map.entities.get(record.entity)?.deciders.get(conflict.field);
  if (record === undefined || rules === undefined) return false;
  const hub = hubOf(record.values, rules);
  const value = chosenValue(conflict, answer.choice, hub?.v);
  if (value === undefined) return false;
  // What a combination leaves out is the hub's.
  const winner = { v: whole(value, rules, hub), by: answer.person, at: work.world.now };
  settle(work, conflict, rules, {
    winner,
    actor: answer.person,
    state: "resolved",
    command: answer.command,
  });
  return true;
}

function chosenValue(
  conflict: Conflict,
  choice: Choice,
  hub: FieldValue | undefined,
): FieldValue | undefined {
  switch (choice.kind) {
    case "candidate":
      return conflict.candidates.find(({ from }) => from === choice.from)?.value;
    case "hub":
      return conflict.base ?? hub;
    case "value":
      return choice.value;
    default:
      return undefined;
  }
}

function answerDelete(work: Working, conflict: Conflict, answer: Answer): boolean {
  const { choice } = answer;
  if (choice.kind !== "delete" && choice.kind !== "keep") return false;
  const record = recordOf(work, conflict.record);
  const [candidate] = conflict.candidates;
  const cause = candidate?.link == null ? undefined : linkOf(work, candidate.link);
  if (record === undefined || cause === undefined) return false;
  putConflict(work, { ...conflict, state: "resolved" });
  if (choice.kind === "delete") deleteRecord(work, cause, answer.person);
  else {
    putRecord(work, { ...record, deletedAt: null });
    holdAgain(work, record.id);
    if (candidate?.writtenOver === true) makeAgain(work, cause);
  }
  work.changes.audit.push({
    kind: "resolved",
    actor: answer.person,
    entity: record.entity,
    record: record.id,
    link: cause.id,
    system: cause.system,
    field: null,
    rule: "person",
    cause: { conflict: conflict.id, command: answer.command, detail: choice.kind },
  });
  return true;
}

/** The row went by our own call, before anybody could say that it is to stay. */
function makeAgain(work: Working, { record, binding }: LinkState): void {
  const rules = work.world.map.bindings.get(binding);
  if (rules?.binding.createsRows === true) putLink(work, newLink(work, record, rules));
}

export type ValueSet = {
  readonly record: RecordId;
  readonly field: string;
  readonly value: FieldValue;
  readonly person: Source;
  readonly command: string;
};

/**
 * A person sets the hub's value of a field outside a question. An open question about the field
 * is settled by it. A field that is decided with others is set alone: the combination is theirs.
 * @returns null when the record or field does not exist
 */
export function setValue(world: World, act: ValueSet, newId: () => string): Changes | null {
  const work = startWork(world, newId);
  const record = recordOf(work, act.record);
  const rules =
    record === undefined
      ? undefined
      : world.map.entities.get(record.entity)?.deciders.get(act.field);
  if (record === undefined || rules === undefined) return null;
  const set = rules.parts === null ? act.value : { parts: { [act.field]: act.value } };
  const hub = { v: set, by: act.person, at: world.now };
  const question = openQuestion(work, record, rules);
  if (question !== undefined) {
    const winner = { ...hub, v: whole(set, rules, hubOf(record.values, rules)) };
    settle(work, question, rules, { winner, actor: act.person, state: "resolved" });
  } else {
    const before = record.values[act.field];
    putRecord(work, { ...record, values: withHub(record.values, rules, hub) });
    work.changes.audit.push({
      kind: "set",
      actor: act.person,
      entity: record.entity,
      record: record.id,
      link: null,
      system: null,
      field: act.field,
      ...(before === undefined ? {} : { before: before.v }),
      after: act.value,
      rule: "person",
      cause: { command: act.command },
    });
  }
  refreshKeys(work, act.record);
  findDue(work, act.record);
  return work.changes;
}
