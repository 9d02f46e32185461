import type { AuditEntry } from "../audit/audit-entry.ts";
import type { MergeAct, MergedField } from "./merge.ts";
import { referIn } from "./refer.ts";
import type { LinkState, MappedObservation, RecordState } from "./state.ts";
import { recordOf, type Working } from "./world.ts";

/** One line for the act in each history, and one for each field in which the two differed. */
export function tellMerge(
  work: Working,
  { winner, loser }: { readonly winner: RecordState; readonly loser: RecordState },
  fields: readonly MergedField[],
  act: MergeAct,
): void {
  const { command } = act;
  const cause = { command, other: loser.id };
  work.changes.audit.push(
    { ...lineOf(winner, act), kind: "merged", rule: "person", cause },
    ...fields
      .filter(({ stands }) => stands !== "both")
      .map((one) => ({ ...lineOf(winner, act), ...fieldLine(one, act), cause })),
    {
      ...lineOf(loser, act),
      kind: "merged-into",
      rule: "person",
      cause: { command, other: winner.id },
    },
  );
}

function fieldLine({ field, winner, loser, stands }: MergedField, act: MergeAct) {
  const [value, beaten] = stands === "loser" ? [loser, winner] : [winner, loser];
  const isChosen = act.values[field] !== undefined || stands === "winner";
  return {
    kind: "merged",
    field,
    ...(winner === undefined ? {} : { before: winner.v }),
    ...(value === undefined ? {} : { after: value.v }),
    ...(beaten === undefined
      ? {}
      : { losers: [{ from: beaten.by, value: beaten.v, at: beaten.at }] }),
    rule: isChosen ? "person" : "empty-yields",
  } as const;
}

export function lineOf(record: RecordState, { person }: Pick<MergeAct, "person">) {
  return {
    actor: person as string,
    entity: record.entity as string,
    record: record.id,
    link: null,
    system: null,
    field: null,
  } as const satisfies Partial<AuditEntry>;
}

/** Both histories tell that the row changed hands, and what it held by then. */
export function tellMoved(
  work: Working,
  link: LinkState,
  { from, to }: { readonly from: RecordState; readonly to: RecordState },
  { person, command }: Pick<MergeAct, "person" | "command">,
): void {
  const holds = Object.entries(link.bases).map(([field, { s }]) => [field, s] as const);
  const told = { link: link.id, system: link.system, rule: "person" } as const;
  const detail = `${link.binding} ${link.externalId}`;
  work.changes.audit.push(
    {
      ...lineOf(from, { person }),
      ...told,
      kind: "unlinked",
      cause: { command, detail, other: to.id },
    },
    {
      ...lineOf(to, { person }),
      ...told,
      kind: "linked",
      after: Object.fromEntries(holds),
      cause: { command, detail, other: from.id },
    },
  );
}

/**
 * Somebody has edited a row that a person had deleted with a merge, without having seen the edit:
 * the row goes all the same, and its history names what went with it.
 * @param link as it was before the edit
 */
export function tellEditOfMerged(
  work: Working,
  link: LinkState,
  { system, fields, position, transaction, at }: MappedObservation,
): void {
  const record = recordOf(work, link.record);
  const rules = work.world.map.bindings.get(link.binding);
  const merged = record?.merged;
  if (record === undefined || rules === undefined || !merged?.deleted.includes(link.id)) return;
  const before = rules.mapping.forward(link.columns, null, referIn(work, rules)).fields;
  for (const [field, value] of Object.entries(fields)) {
    const known = before[field];
    if (known === undefined || rules.fields.get(field)?.equals(known, value) !== false) continue;
    const from = `system:${system}` as const;
    work.changes.audit.push({
      ...{ kind: "rejected", actor: from, entity: record.entity, record: record.id },
      ...{ link: link.id, system: link.system, field, rule: "person" },
      losers: [{ from, value, ...(at === null ? {} : { at }) }],
      cause: { position, transaction, at, other: merged.into },
    });
  }
}
