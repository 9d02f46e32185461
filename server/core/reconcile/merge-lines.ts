import type { AuditEntry } from "../audit/audit-entry.ts";
import type { MergeAct, MergedField } from "./merge.ts";
import type { LinkState, RecordState } from "./state.ts";
import type { Working } from "./world.ts";

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
