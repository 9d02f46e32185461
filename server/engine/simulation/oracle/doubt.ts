import { isSame, show } from "./audit-replay.ts";
import type { AttemptRow, AuditRow, HubView } from "./hub-view.ts";

/** Rules of an edit that met nobody else's, and of one that was counted on what was there. */
const CERTAIN = new Set(["only-change", "owner", "fills-blank", "sum-of-deltas"]);

/**
 * While nobody knows what became of our write to a field, no edit of it is clean, and no count is
 * added up: it may have gone over ours. @param before the hub as it was before these lines
 */
export function checkDoubt(before: HubView | null, news: readonly AuditRow[]): string[] {
  const unknown = (before?.attempts ?? []).filter(
    ({ state, operation }) => state === "unknown" && operation === "update",
  );
  return news.flatMap((line, at) => {
    const { kind, field, rule, link, after } = line;
    if (kind !== "accepted" || field === null || !CERTAIN.has(rule)) return [];
    const doubted = unknown.find(
      (attempt) =>
        attempt.link === link &&
        field in attempt.sent &&
        (rule === "sum-of-deltas" || !isSame(attempt.sent[field], after)) &&
        !news.slice(0, at).some((earlier) => settles(earlier, line, attempt.sent)),
    );
    if (doubted === undefined) return [];
    const sent = show(doubted.sent[field]);
    return [
      `${field} = ${show(after)} was taken by ${rule}, although our ${sent} may have been there ` +
        `(${line.stream} ${line.number})`,
    ];
  });
}

/**
 * A line after which our write is no longer in doubt: its own event, or one that shows another of
 * its fields moved. It was made on condition of what stood there before, so it came before that, or
 * never.
 */
function settles(earlier: AuditRow, { link, field, cause }: AuditRow, sent: AttemptRow["sent"]) {
  if (earlier.link !== link) return false;
  if (earlier.field === field || earlier.cause["attempt"] !== undefined) return true;
  const isBefore = (earlier.cause["position"] ?? "") < (cause["position"] ?? "");
  return isBefore && earlier.field !== null && earlier.field in sent;
}
