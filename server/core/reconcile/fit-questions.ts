import type { LinkId, RecordId } from "../ids.ts";
import type { FieldRules } from "../ownership/field-rules.ts";
import type { EntityRules } from "../plan/compile-map.ts";
import { type FieldValue, type FieldValues, isTuple, partsOf } from "../values/field-value.ts";
import { closeIfAgreed, withHub } from "./candidates.ts";
import { heldLines } from "./question-lines.ts";
import { hubOf, whole } from "./sides.ts";
import type { Candidate, Conflict, RecordState } from "./state.ts";
import { toldOf } from "./told.ts";
import { conflictsOf, linkOf, putConflict, recordOf, type Working } from "./world.ts";

/**
 * Brings the open questions of a record into the shape of the present map, which may have joined
 * fields into a group since, or parted one. They stay open, with the same contenders: what was
 * asked field by field is asked once, and what was asked at once is asked of each part that an
 * edit has changed.
 */
export function fitQuestions(work: Working, id: RecordId): void {
  const open = conflictsOf(work, id);
  // By far the most records.
  if (open.length === 0) return;
  const record = recordOf(work, id);
  const entity = record && work.world.map.entities.get(record.entity);
  if (record === undefined || entity === undefined) return;
  const misfits = open.filter((question) => !fits(entity, question));
  if (misfits.length === 0) return;
  const claims = misfits.flatMap((question) => claimsOf(work, question));
  const free = [...misfits];
  for (const rules of new Set(entity.deciders.values())) {
    const candidates = contendersOf(work, record, rules, claims);
    const at = free.findIndex((one) => partsAsked(one).some((part) => isOf(rules, part)));
    const [kept] = at < 0 || candidates.length === 0 ? [] : free.splice(at, 1);
    if (candidates.length > 0) askAnew(work, record, rules, { candidates, kept, misfits });
  }
  for (const question of free) joinOther(work, record, question);
}

/** A question whose field the map has dropped stays as it is. */
function fits({ deciders }: EntityRules, question: Conflict): boolean {
  const { kind, field, candidates } = question;
  if (kind !== "field" || field === null) return true;
  const parts = partsAsked(question);
  const known = parts.flatMap((part) => deciders.get(part) ?? []);
  const [rules] = known;
  if (rules === undefined) return true;
  if (rules.parts === null) return !candidates.some(({ value }) => isTuple(value));
  const isWhole = rules.parts.every((part) => parts.includes(part.field));
  return rules.field === field && isWhole && parts.length === rules.parts.length;
}

const isOf = (rules: FieldRules, field: string): boolean =>
  (rules.parts ?? [rules]).some((part) => part.field === field);

function partsAsked({ field, candidates }: Conflict): string[] {
  return [...new Set(candidates.flatMap(({ value }) => Object.keys(partsOf(value, field ?? ""))))];
}

type Claim = Candidate & {
  readonly link: LinkId;
  readonly of: Conflict;
  /** What its system said, by field. */
  readonly told: FieldValues;
};

function claimsOf(work: Working, of: Conflict): Claim[] {
  return of.candidates.flatMap((candidate) => {
    const link = candidate.link === null ? undefined : linkOf(work, candidate.link);
    const read = link && work.world.map.bindings.get(link.binding)?.inFields;
    if (link === undefined || read === undefined) return [];
    const parts = Object.entries(partsOf(candidate.value, of.field ?? ""));
    const told = Object.fromEntries(parts.filter(([field]) => read.includes(field)));
    return [{ ...candidate, link: link.id, of, told }];
  });
}

/** Who contends for it: one candidate of each link that has told another value of it. */
function contendersOf(
  work: Working,
  record: RecordState,
  rules: FieldRules,
  claims: readonly Claim[],
): Candidate[] {
  const hub = hubOf(record.values, rules);
  return [...Map.groupBy(claims, ({ link }) => link)].flatMap(([id, own]) => {
    const link = linkOf(work, id);
    const [first] = own;
    const told = Object.assign({}, ...own.map((claim) => claim.told)) as FieldValues;
    const value = link && toldOf(rules, told, link);
    if (link === undefined || first === undefined || value === undefined) return [];
    const isEdit = Object.entries(partsOf(value, rules.field)).some(([field, part]) => {
      const { equals } = rules.parts?.find((one) => one.field === field) ?? rules;
      const s = link.bases[field]?.s;
      return field in told && (s === undefined || !equals(s, part));
    });
    if (!isEdit) return [];
    const { of: _, told: __, ...candidate } = first;
    return [{ ...candidate, value: whole(value, rules, hub) }];
  });
}

type Anew = {
  readonly candidates: readonly Candidate[];
  readonly kept: Conflict | undefined;
  readonly misfits: readonly Conflict[];
};

function askAnew(
  work: Working,
  record: RecordState,
  rules: FieldRules,
  { candidates, kept, misfits }: Anew,
): void {
  const hub = hubOf(record.values, rules);
  const [asked] = kept === undefined ? misfits : [kept];
  if (asked === undefined) return;
  const { base: _, ...rest } = asked;
  const agreed = agreedOf(rules, misfits, hub?.v);
  const next: Conflict = {
    ...rest,
    ...(kept === undefined ? { id: work.newId() as Conflict["id"] } : {}),
    ...(agreed === undefined ? {} : { base: agreed }),
    field: rules.field,
    candidates: withHub([...candidates], hub),
    revision: asked.revision + 1,
  };
  putConflict(work, next);
  if (kept === undefined) {
    for (const one of candidates) {
      const of = { hub, reason: next.reason, of: next };
      work.changes.audit.push(...heldLines(record, rules, one, of));
    }
  }
  closeIfAgreed(work, next, rules);
}

/** What the sides last agreed on; of a part that was not asked about, what the hub has. */
function agreedOf(
  rules: FieldRules,
  misfits: readonly Conflict[],
  hub: FieldValue | undefined,
): FieldValue | undefined {
  const known: FieldValues = Object.assign(
    {},
    hub === undefined ? {} : partsOf(hub, rules.field),
    ...misfits.map(({ field, base }) => (base === undefined ? {} : partsOf(base, field ?? ""))),
  );
  if (rules.parts === null) return known[rules.field];
  const parts = rules.parts.flatMap(({ field }) => {
    const value = known[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return parts.length === 0 ? undefined : { parts: Object.fromEntries(parts) };
}

/** Its contenders stand in another question now, or contend for nothing any more. */
function joinOther(work: Working, record: RecordState, question: Conflict): void {
  putConflict(work, { ...question, state: "withdrawn" });
  work.changes.audit.push({
    kind: "resolved",
    actor: "engine",
    entity: record.entity,
    record: record.id,
    link: null,
    system: null,
    field: question.field,
    rule: "publish",
    cause: { conflict: question.id, detail: "The map decides it with other fields since." },
  });
}
