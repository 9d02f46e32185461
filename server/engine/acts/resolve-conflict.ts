import type { ConflictId } from "../../core/ids.ts";
import type { Entity } from "../../core/map/document.ts";
import type { FieldRules } from "../../core/ownership/field-rules.ts";
import { answerConflict, type Choice } from "../../core/reconcile/answer.ts";
import { fitQuestions } from "../../core/reconcile/fit-questions.ts";
import { metBy } from "../../core/reconcile/kept-apart.ts";
import { hubOf } from "../../core/reconcile/sides.ts";
import type { Conflict } from "../../core/reconcile/state.ts";
import { type Changes, startWork, type World } from "../../core/reconcile/world.ts";
import { readEnteredValue } from "../../core/validation/entered-value.ts";
import { breachBeside } from "../../core/validation/entity-rules.ts";
import { ruledField } from "../../core/validation/key-limit.ts";
import { type FieldValue, isTuple, partsOf } from "../../core/values/field-value.ts";
import { findConflict, type StoredResolution } from "../../storage/conflicts.ts";
import { commitAct, inScene, type Scene, worldOf } from "./act-world.ts";
import { commitAndWake } from "./commit-and-wake.ts";
import type { ActContext } from "./context.ts";
import { refusedByOthers } from "./stray-reference.ts";

export type ConflictAnswer = {
  readonly conflict: string;
  /** The revision that was shown. */
  readonly revision: number;
  readonly choice: Choice;
  readonly note?: string | undefined;
};

export type ResolveOutcome =
  /** `value`: what the hub has now; missing for a question about a delete. */
  | { readonly kind: "resolved"; readonly conflict: Conflict; readonly value?: FieldValue }
  /** A contender's value has moved since it was shown. Nothing was done. */
  | { readonly kind: "moved"; readonly conflict: Conflict }
  /** Somebody, or the agreement of all sides, settled it before. Nothing was done. */
  | { readonly kind: "settled"; readonly by: string | null; readonly at: string | null }
  /** The chosen value breaks a rule of its field, or is no contender. Nothing was done. */
  | { readonly kind: "invalid"; readonly code: string; readonly message: string }
  | { readonly kind: "unknown" };

/**
 * Settles an open question with a person's choice. The answer counts only for the values that
 * were shown: a question that has moved since is handed back as it is now.
 */
export async function resolveConflict(
  ctx: ActContext,
  answer: ConflictAnswer,
): Promise<ResolveOutcome> {
  const outcome = await inScene(ctx, (scene) => resolve(ctx, scene, answer));
  return outcome ?? { kind: "unknown" };
}

async function resolve(
  ctx: ActContext,
  scene: Scene,
  answer: ConflictAnswer,
): Promise<ResolveOutcome> {
  const id = answer.conflict as ConflictId;
  const stored = await findConflict(scene.tx, id);
  if (stored === null) return { kind: "unknown" };
  const { record } = stored.conflict;
  const world = await worldOf(scene, [record], true);
  const conflict = world.conflicts.get(record)?.find((open) => open.id === id);
  if (conflict === undefined) return await settledBy(scene, id);
  const fitted = await fitToMap(ctx, scene, world, conflict);
  if (fitted !== null) return fitted;
  if (conflict.revision !== answer.revision) return { kind: "moved", conflict };
  const { choice } = answer;
  const read = choice.kind === "value" ? await readAnswer(scene, conflict, choice.value) : null;
  if (read?.ok === false) return { kind: "invalid", code: read.code, message: read.message };
  const { person } = scene;
  const answered = answerConflict(
    world,
    conflict,
    {
      conflict: id,
      revision: answer.revision,
      choice: read === null ? choice : { kind: "value", value: read.value },
      person,
      command: "resolve",
    },
    () => ctx.ids.next(),
  );
  if (answered.kind === "moved") return answered;
  if (answered.kind === "no-such-candidate") return noContender(choice);
  return await keep(ctx, scene, { world, conflict, answer, changes: answered.changes });
}

/**
 * A question that the map decides otherwise since is asked anew: what was shown is not answered.
 * @returns null where it is as the map has it
 */
async function fitToMap(
  ctx: ActContext,
  scene: Scene,
  world: World,
  conflict: Conflict,
): Promise<ResolveOutcome | null> {
  const work = startWork(world, () => ctx.ids.next());
  fitQuestions(work, conflict.record);
  if (work.changes.conflicts.size === 0) return null;
  await commitAct(scene, ctx, world, work.changes);
  const now = work.changes.conflicts.get(conflict.id) ?? conflict;
  if (now.state === "open") return { kind: "moved", conflict: now };
  return { kind: "settled", by: null, at: scene.now };
}

type Answered = {
  readonly world: World;
  readonly conflict: Conflict;
  readonly answer: ConflictAnswer;
  readonly changes: Changes;
};

async function keep(ctx: ActContext, scene: Scene, answered: Answered): Promise<ResolveOutcome> {
  const { world, conflict, answer, changes } = answered;
  const { field } = conflict;
  const value = field === null ? undefined : hubValue(changes, world, conflict);
  // The map may have got a stricter rule since the contender's value was observed.
  if (answer.choice.kind === "candidate" && value !== undefined) {
    const read = await readAnswer(scene, conflict, value);
    if (!read.ok) return { kind: "invalid", code: read.code, message: read.message };
  }
  const breach = breachOf(answered, value);
  if (breach !== null) return { kind: "invalid", ...breach };
  const resolution = resolutionOf(answered, value);
  await commitAndWake(scene, ctx, world, changes, { resolution });
  return { kind: "resolved", conflict, ...(value === undefined ? {} : { value }) };
}

/** The rule of the entity that the answer breaks beside the record's other values. */
function breachOf({ world, conflict, answer }: Answered, value: FieldValue | undefined) {
  const { field } = conflict;
  const record = world.records.get(conflict.record);
  const rules = world.map.entities.get(conflict.entity)?.rules;
  // What the hub has already is not the answer's doing.
  if (record === undefined || rules === undefined || answer.choice.kind === "hub") return null;
  if (field === null || value === undefined) return null;
  return breachBeside(rules, record, partsOf(value, field));
}

/** What was answered, with what an undo needs to know of before. */
function resolutionOf(
  { world, conflict, answer, changes }: Answered,
  value: FieldValue | undefined,
): StoredResolution {
  const { choice, note = "" } = answer;
  const record = world.records.get(conflict.record);
  const rules = deciderOf(world, conflict);
  const before = record && rules && hubOf(record.values, rules);
  const met = metBy(world.links, changes.links);
  return {
    choice: choice.kind === "candidate" ? choice.from : choice.kind,
    ...(value === undefined ? {} : { value }),
    ...(note === "" ? {} : { note }),
    ...(before === undefined ? {} : { before }),
    ...(met.length === 0 ? {} : { met }),
    ...(conflict.kind === "delete" ? { deletedBefore: record?.deletedAt ?? null } : {}),
  };
}

const deciderOf = ({ map }: World, { entity, field }: Conflict): FieldRules | undefined =>
  map.entities.get(entity)?.deciders.get(field ?? "");

function hubValue(changes: Changes, world: World, conflict: Conflict): FieldValue | undefined {
  const { record } = conflict;
  const state = changes.records.get(record) ?? world.records.get(record);
  const rules = deciderOf(world, conflict);
  return state && rules && hubOf(state.values, rules)?.v;
}

/** An answer in its field's form, of a group each part in its own. */
async function readAnswer(scene: Scene, of: Conflict, value: FieldValue) {
  const { field } = of;
  const entity = scene.map.entities.get(of.entity)?.entity;
  if (entity === undefined) return NO_FIELD;
  const read: Record<string, FieldValue> = {};
  for (const [id, part] of Object.entries(partsOf(value, field ?? ""))) {
    const one = await readPart(scene, entity, { ...of, field: id }, part);
    if (!one.ok && isTuple(value))
      return { ...one, message: `${nameOf(entity, id)}: ${one.message}` };
    if (!one.ok) return one;
    read[id] = one.value;
  }
  return {
    ok: true as const,
    value: isTuple(value) ? { parts: read } : (read[field ?? ""] ?? null),
  };
}

async function readPart(scene: Scene, entity: Entity, of: Conflict, value: FieldValue) {
  const field = ruledField(entity, of.field ?? "");
  if (field === undefined) return NO_FIELD;
  const read = readEnteredValue(field, value);
  const { record } = of;
  const stray = read.ok
    ? await refusedByOthers(scene, field, { entity: of.entity, record, value: read.value })
    : null;
  return stray === null ? read : { ok: false as const, ...stray };
}

const nameOf = ({ fields }: Entity, id: string): string =>
  fields.find((field) => field.id === id)?.name ?? id;

const NO_FIELD = {
  ok: false as const,
  code: "unknown-field",
  message: "The field of this question is not in the map any more.",
};

async function settledBy(scene: Scene, id: ConflictId): Promise<ResolveOutcome> {
  const now = await findConflict(scene.tx, id);
  if (now === null) return { kind: "unknown" };
  return { kind: "settled", by: now.resolvedBy, at: now.resolvedAt };
}

function noContender(choice: Choice): ResolveOutcome {
  const message =
    choice.kind === "candidate"
      ? `${choice.from} is no contender of this question.`
      : "This answer does not fit this kind of question.";
  return { kind: "invalid", code: "no-such-candidate", message };
}
