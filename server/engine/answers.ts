import type { Transaction } from "../../db/client.ts";
import type { RowHint } from "../core/row-hint.ts";
import { FailureError } from "../core/run/failure.ts";
import { type Answer, addAnswers, addHints } from "../storage/inbox.ts";
import type { Sending } from "./deliver.ts";
import type { Settled } from "./settle.ts";

/**
 * Keeps what a system without a log answered: a written row as the event that no log will tell, and
 * of one that was not found as it was expected that it is to be read.
 */
export async function keepAnswers(
  tx: Transaction,
  results: readonly Settled[],
  now: string,
): Promise<void> {
  const [system] = results.map(({ sending }) => sending.link.system);
  if (system === undefined) return;
  await addAnswers(tx, system, results.flatMap(answerOf), now);
  await addHints(tx, system, results.flatMap(hintOf), { now });
}

function answerOf({ sending, result }: Settled): Answer[] {
  const { transaction, operation } = sending.intent;
  if (result.status !== "written" || transaction === null) return [];
  const { externalId, columns, readBack = false } = result;
  const object = objectOf(sending);
  return [{ object, externalId, operation, transaction, columns, readBack }];
}

function hintOf({ sending, result }: Settled): RowHint[] {
  const { externalId } = sending.link;
  if (result.status === "found" && result.known === null) return [result];
  const isOtherwise = result.status === "changed" || result.status === "missing";
  return isOtherwise && externalId !== null ? [{ object: objectOf(sending), externalId }] : [];
}

const objectOf = ({ rules }: Sending): string => rules.binding.object;

/** @throws FailureError where an answer was lost: whoever writes next looks what became of it */
export function refuseLostAnswers(results: readonly Settled[]): void {
  for (const { result } of results) {
    if (result.status !== "unknown") continue;
    throw new FailureError({ kind: "unreachable", detail: result.message });
  }
}
