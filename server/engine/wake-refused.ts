import type { Transaction } from "../../db/client.ts";
import type { Batch, Change } from "../connectors/connector.ts";
import { ROW_THERE } from "../core/run/row-there.ts";
import { type WakeCode, wakeReferring } from "../storage/deliveries.ts";
import { settleChanges, type Total } from "./decide-rows.ts";

type Ended = {
  readonly system: string;
  readonly batch: Extract<Batch, { kind: "changes" }>;
  readonly total: Total;
  readonly now: string;
};

/**
 * What a target refused because of another of its rows is tried again when that may have changed: a
 * missing row when rows come or go, a taken value when one that must be unique is given up, a row
 * that is there already when one that waited to be matched is decided.
 * @returns whether anything waited
 */
export async function wakeRefused(
  tx: Transaction,
  { system, batch, total, now }: Ended,
): Promise<boolean> {
  const codes: WakeCode[] = [];
  if (batch.changes.some(comesOrGoes)) codes.push("reference");
  if (total.mayFree) codes.push("unique");
  if (total.mayBeMatched) codes.push(ROW_THERE);
  if (codes.length === 0) return false;
  await settleChanges(total);
  return await wakeReferring(tx, system, codes, now);
}

function comesOrGoes(change: Change): boolean {
  return change.kind === "row" ? change.operation === "insert" : change.kind !== "schema";
}
