import { LIMITS } from "../limits.ts";
import type { FieldRules } from "../ownership/field-rules.ts";
import type { FieldValue } from "../values/field-value.ts";
import type { HubValue, LinkState, Rounds } from "./state.ts";
import { linkOf, putLink, type Working } from "./world.ts";

const HOUR_MS = 3_600_000;

/** Counts set-backs of one link and field within an hour; true: it is a war, ask instead. */
export function setBackTooOften(work: Working, link: LinkState, field: string): boolean {
  const present = linkOf(work, link.id) ?? link;
  const before = fresh(work, present, field);
  return count(work, present, field, { before, v: before?.v }) > LIMITS.revertRoundsMax;
}

/**
 * The same from the other side: whoever may decide a field puts the same value back each time that
 * another's has been delivered there, as two jobs do that each know better. True: it is a war.
 */
export function comesBackTooOften(
  work: Working,
  link: LinkState,
  rules: FieldRules,
  edit: {
    readonly value: FieldValue;
    readonly by: HubValue["by"];
    readonly hub: HubValue | undefined;
  },
): boolean {
  const { value, by, hub } = edit;
  // A count that comes to the same again is another change.
  if (hub === undefined || hub.by === by || rules.policy === "sum-of-deltas") return false;
  const present = linkOf(work, link.id) ?? link;
  const before = fresh(work, present, rules.field);
  const isBack = before?.v !== undefined && rules.equals(before.v, value);
  const rounds = count(work, present, rules.field, {
    before: isBack ? before : undefined,
    v: value,
  });
  return rounds > LIMITS.revertRoundsMax;
}

function fresh(work: Working, { reverts }: LinkState, field: string): Rounds | undefined {
  const before = reverts?.[field];
  if (before === undefined) return undefined;
  const isFresh = Date.parse(work.world.now) - Date.parse(before.since) < HOUR_MS;
  return isFresh ? before : undefined;
}

/** One round more. @param v the value that came back, where one did */
function count(
  work: Working,
  link: LinkState,
  field: string,
  { before, v }: { before: Rounds | undefined; v: FieldValue | undefined },
): number {
  const rounds = (before?.count ?? 0) + 1;
  const since = before?.since ?? work.world.now;
  const next = { count: rounds, since, ...(v === undefined ? {} : { v }) };
  putLink(work, { ...link, reverts: { ...link.reverts, [field]: next } });
  return rounds;
}
