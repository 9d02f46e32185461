import type { ConflictId, LinkId, RecordId } from "../ids.ts";
import type { FieldRules } from "../ownership/field-rules.ts";
import type { EntityRules } from "../plan/compile-map.ts";
import { findDue } from "./find-due.ts";
import { fitQuestions } from "./fit-questions.ts";
import { refreshKeys } from "./keys.ts";
import { letDeliveriesGo } from "./let-go.ts";
import { lineOf, tellMerge, tellMoved } from "./merge-lines.ts";
import { type MergedRow, planRows, type RowsUnsaid, type SecondRow } from "./merge-rows.ts";
import { moveLink, takeContests } from "./move-link.ts";
import { type PlannedWrite, plannedWrites } from "./planned-writes.ts";
import { hubOf } from "./sides.ts";
import type { Conflict, HubValue, Merged, RecordState, Source } from "./state.ts";
import {
  type Changes,
  conflictsOf,
  linkOf,
  linksOf,
  putConflict,
  putLink,
  putRecord,
  recordOf,
  startWork,
  type Working,
  type World,
} from "./world.ts";

export type MergeAct = {
  readonly winner: RecordId;
  /** The record that is the winner from now on. */
  readonly loser: RecordId;
  /** Whose value stands, by field; left out: the winner's, or the loser's where that is blank. */
  readonly values: Readonly<Record<string, "winner" | "loser">>;
  /** By binding. */
  readonly second: Readonly<Record<string, SecondRow>>;
  readonly person: Source;
  readonly command: string;
};

/** A field of both records, and which of the two values the merged record has. */
export type MergedField = {
  readonly field: string;
  readonly winner: HubValue | undefined;
  readonly loser: HubValue;
  readonly stands: "winner" | "loser" | "both";
};

export type MergeOutcome =
  | {
      readonly kind: "merged";
      readonly fields: readonly MergedField[];
      readonly rows: readonly MergedRow[];
      /** What is written in which system by it. */
      readonly writes: readonly PlannedWrite[];
      readonly changes: Changes;
    }
  /** There is no such living record. */
  | { readonly kind: "no-record"; readonly record: RecordId }
  | { readonly kind: "same-record" }
  | { readonly kind: "other-entity" }
  /** The winner's field is under review: its question is answered, not passed by. */
  | { readonly kind: "asked"; readonly conflict: ConflictId; readonly field: string | null }
  | RowsUnsaid;

/**
 * Makes two records one, because a person says that they are. The loser's links go to the winner
 * with all that is pending about them; its values that differ are named as having lost; it stays
 * as a signpost with everything that parting the two again needs.
 * @param underWay links to which a row is being made at this moment
 */
export function mergeRecords(
  world: World,
  act: MergeAct,
  underWay: ReadonlySet<LinkId>,
  newId: () => string,
): MergeOutcome {
  const work = startWork(world, newId);
  for (const id of [act.winner, act.loser]) fitQuestions(work, id);
  const both = bothOf(work, act);
  if ("kind" in both) return both;
  const { winner, loser } = both;
  const rows = planRows(work, act, underWay);
  if ("kind" in rows) return rows;
  const asked = askedOf(work, act);
  if (asked !== undefined) return { kind: "asked", conflict: asked.id, field: asked.field };
  const fields = fieldsOf(work, both, act);
  const taken = fields.filter(({ stands }) => stands === "loser").map(({ field }) => field);
  const values = { ...winner.values };
  for (const { field, loser: value } of fields) if (taken.includes(field)) values[field] = value;
  const merged: Merged = {
    into: winner.id,
    at: world.now,
    by: act.person,
    moved: linksThat(rows, "moves"),
    left: linksThat(rows, "left"),
    deleted: linksThat(rows, "deleted"),
    dropped: linksThat(rows, "dropped"),
    taken,
    apart: apartFields(work, [...linksThat(rows, "moves"), ...linksOf(work, winner.id)]),
    asked: conflictsOf(work, loser.id)
      .filter(({ kind }) => kind === "field")
      .map(({ field, reason, candidates }) => ({ field, reason, candidates })),
    before: winner.values,
  };
  const heir = { ...winner, values };
  if (taken.length > 0) putRecord(work, heir);
  putRecord(work, { ...loser, deletedAt: world.now, merged });
  tellMerge(work, both, fields, act);
  for (const row of rows) carryOut(work, row, { from: loser, to: heir }, act);
  takeContests(work, new Set(merged.moved), loser.id, winner.id);
  closeQuestions(work, loser, act);
  for (const { id } of [winner, loser]) {
    refreshKeys(work, id);
    findDue(work, id);
  }
  return { kind: "merged", fields, rows, writes: plannedWrites(work), changes: work.changes };
}

/** Values that stand beside the hub's: meeting the other record's they have not met its own. */
function apartFields(work: Working, links: readonly LinkId[]): Merged["apart"] {
  const apart: Record<LinkId, string[]> = {};
  for (const id of links) {
    const bases = Object.entries(linkOf(work, id)?.bases ?? {});
    const fields = bases.filter(([, base]) => base.apart === true).map(([field]) => field);
    if (fields.length > 0) apart[id] = fields;
  }
  return apart;
}

type Both = {
  readonly winner: RecordState;
  readonly loser: RecordState;
  readonly entity: EntityRules;
};

function bothOf(work: Working, act: MergeAct): Both | MergeOutcome {
  if (act.winner === act.loser) return { kind: "same-record" };
  const [winner, loser] = [recordOf(work, act.winner), recordOf(work, act.loser)];
  if (winner === undefined || winner.deletedAt !== null) {
    return { kind: "no-record", record: act.winner };
  }
  if (loser === undefined || loser.deletedAt !== null) {
    return { kind: "no-record", record: act.loser };
  }
  const entity = work.world.map.entities.get(winner.entity);
  if (winner.entity !== loser.entity || entity === undefined) return { kind: "other-entity" };
  return { winner, loser, entity };
}

const linksThat = (rows: readonly MergedRow[], end: MergedRow["end"]): LinkId[] =>
  rows.filter((row) => row.end === end).map(({ link }) => link);

/** The winner's open question about a field for which the loser's value was chosen. */
function askedOf(work: Working, { winner, values }: MergeAct): Conflict | undefined {
  const entity = recordOf(work, winner)?.entity;
  const deciders = work.world.map.entities.get(entity as never)?.deciders;
  return conflictsOf(work, winner).find(({ kind, field }) => {
    const rules = deciders?.get(field ?? "");
    const fields = rules?.parts?.map((part) => part.field) ?? [field ?? ""];
    return kind === "field" && fields.some((one) => values[one] === "loser");
  });
}

/**
 * Every field of which the loser has a value. A blank one that is asked about is nobody's yet.
 * Fields that are decided together go together.
 */
function fieldsOf(work: Working, { winner, loser, entity }: Both, act: MergeAct): MergedField[] {
  const asked = new Set(conflictsOf(work, winner.id).map(({ field }) => field));
  return [...new Set(entity.deciders.values())].flatMap((rules) => {
    const { field } = rules;
    const [own, other] = [hubOf(winner.values, rules), hubOf(loser.values, rules)];
    if (other === undefined) return [];
    const fills = isBlank(rules, own) && !asked.has(field);
    const said = (rules.parts ?? [rules]).map((part) => act.values[part.field]);
    const chosen = said.find((one) => one !== undefined);
    const stands = isAlike(rules, own, other) ? "both" : (chosen ?? (fills ? "loser" : "winner"));
    const whole = { field, winner: own, loser: other, stands } as const;
    return rules.parts?.map((part) => partOf(part, winner, loser, whole)) ?? [whole];
  });
}

/** One field of a group: the value of whoever's the group is. */
function partOf(
  part: FieldRules,
  winner: RecordState,
  loser: RecordState,
  { loser: other, stands }: MergedField,
): MergedField {
  const { field } = part;
  const own = winner.values[field];
  const theirs = loser.values[field] ?? { ...other, v: null };
  const isSame = isAlike(part, own, theirs);
  return { field, winner: own, loser: theirs, stands: isSame ? "both" : stands };
}

const isBlank = (rules: FieldRules, value: HubValue | undefined): boolean =>
  value === undefined || rules.isBlank(value.v);

function isAlike(rules: FieldRules, own: HubValue | undefined, other: HubValue): boolean {
  return own === undefined ? rules.isBlank(other.v) : rules.equals(own.v, other.v);
}

function carryOut(
  work: Working,
  row: MergedRow,
  records: { readonly from: RecordState; readonly to: RecordState },
  act: MergeAct,
): void {
  const link = linkOf(work, row.link);
  if (link === undefined) return;
  if (row.end === "moves") {
    moveLink(work, link, records);
    if (link.state === "live") tellMoved(work, link, records, act);
  }
  if (row.end === "dropped") {
    putLink(work, { ...link, state: "unlinked" });
    letDeliveriesGo(work, link.id, { actor: act.person, note: DROPPED });
  }
  if (row.end === "left") letDeliveriesGo(work, link.id, { actor: act.person, note: LEFT });
}

const DROPPED = "The record was merged with one that has a row there.";
const LEFT = "The record was merged with another one, and this row was left as it is.";

/** A person has decided about the record: nothing is asked of it alone any more. */
function closeQuestions(work: Working, loser: RecordState, act: MergeAct): void {
  for (const question of conflictsOf(work, loser.id)) {
    putConflict(work, { ...question, state: "withdrawn" });
    const hub = question.field === null ? undefined : loser.values[question.field];
    const rivals = question.kind === "field" ? question.candidates : [];
    work.changes.audit.push({
      ...lineOf(loser, act),
      kind: "resolved",
      field: question.field,
      ...(hub === undefined ? {} : { before: hub.v, after: hub.v }),
      losers: rivals
        .filter(({ link }) => link !== null)
        .map(({ from, value, at }) => ({ from, value, at })),
      rule: "person",
      cause: {
        conflict: question.id,
        command: act.command,
        other: act.winner,
        detail: "The record was merged into another one.",
      },
    });
  }
}
