import type { HubLog } from "./hub-log.ts";
import type { JournalEntry } from "./journal.ts";
import type { SystemRows } from "./sandbox-rows.ts";

/** How two edits of one field ended. */
export type Fate =
  /** One stands, the other is a loser in the audit log. */
  | "decided"
  /** Both count: the sum stands. */
  | "added"
  /** Both wait in an open question. */
  | "asked"
  | "unknown";

/** Two edits of one field of one business key. Pure. */
export function fateOf(
  [first, second]: readonly [JournalEntry, JournalEntry],
  log: HubLog,
  rows: { readonly before: readonly SystemRows[]; readonly after: readonly SystemRows[] },
): Fate {
  const { entity, key, field } = first;
  const isHere = (one: { entity: string; key: string; field: string | null }) =>
    one.entity === entity && one.key === key && one.field === field;
  const final = hubValue(rows.after, first);
  if (first.kind === "delta") {
    const start = Number(hubValue(rows.before, first) ?? "0");
    return Number(final) === start + Number(first.value) + Number(second.value)
      ? "added"
      : "unknown";
  }
  const question = log.questions.find(isHere);
  const contenders = new Set(question?.candidates.map(({ value }) => value));
  if (contenders.has(first.value) && contenders.has(second.value)) return "asked";
  const [winner, loser] = final === first.value ? [first, second] : [second, first];
  const isLoser = log.lines
    .filter(isHere)
    .some(({ losers }) =>
      losers.some(({ from, value }) => from === `system:${loser.system}` && value === loser.value),
    );
  return final === winner.value && isLoser ? "decided" : "unknown";
}

function hubValue(rows: readonly SystemRows[], of: JournalEntry): string | null {
  const hub = rows.find(({ system, entity }) => system === "hub" && entity === of.entity);
  return hub?.rows.get(of.key)?.[of.field] ?? null;
}
