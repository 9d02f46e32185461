import { z } from "zod";
import type { Connection, Transaction } from "../../db/client.ts";
import { readSetting, saveSetting } from "./hub-settings.ts";

/** A pair that a person has said does not belong together. */
export const DismissedPair = z.object({
  binding: z.string().max(100),
  column: z.string().max(500),
  field: z.string().max(100),
});
export type DismissedPair = z.infer<typeof DismissedPair>;

const KEY = "suggestions-dismissed";
/** The oldest ones beyond this are forgotten: then they may be suggested again. */
const KEPT_MAX = 2_000;

export async function readDismissed(sql: Connection): Promise<DismissedPair[]> {
  const kept = z.array(DismissedPair).safeParse(await readSetting(sql, KEY));
  return kept.success ? kept.data : [];
}

/** Keeps pairs as dismissed, or forgets that they were. */
export async function setDismissed(
  tx: Transaction,
  pairs: readonly DismissedPair[],
  isDismissed: boolean,
): Promise<void> {
  // Two people may dismiss at once: the second waits for the first.
  await tx`select pg_advisory_xact_lock(hashtext(${KEY}))`;
  const named = new Set(pairs.map(keyOf));
  const others = (await readDismissed(tx)).filter((pair) => !named.has(keyOf(pair)));
  const kept = isDismissed ? [...others, ...pairs] : others;
  await saveSetting(tx, KEY, kept.slice(-KEPT_MAX));
}

function keyOf({ binding, column, field }: DismissedPair): string {
  return JSON.stringify([binding, column, field]);
}
