import type { Transaction } from "../../db/client.ts";
import type { RowResult, Session, WriteTransaction } from "../connectors/connector.ts";
import { LIMITS } from "../core/limits.ts";
import type { FieldProblem } from "../core/reconcile/state.ts";
import { backoffMs } from "../core/run/after-failure.ts";
import { FailureError } from "../core/run/failure.ts";
import { ROW_THERE } from "../core/run/row-there.ts";
import { appendAudit } from "../storage/audit.ts";
import {
  dropAttempts,
  gatherTaken,
  type Put,
  putBack,
  saveExternalIds,
} from "../storage/deliveries.ts";
import { deliveryPartition } from "../storage/delivery-partitions.ts";
import { holdDeliveries, type Refusal, refusalLine } from "../storage/delivery-quarantine.ts";
import type { Lease } from "../storage/leases.ts";
import { notify } from "../storage/notify.ts";
import { keepAnswers } from "./answers.ts";
import { type EngineContext, nowOf } from "./context.ts";
import type { Sending } from "./deliver.ts";
import type { FoundRow } from "./look-before-create.ts";

type Work = {
  readonly lease: Lease;
  readonly map: { readonly version: number };
  readonly session: Session;
};

export type Settled = { readonly sending: Sending; readonly result: RowResult | FoundRow };

export const isWritten = ({ result }: Settled): boolean => result.status === "written";

/** Of one whose answer was lost nothing is known: its intent stays. */
const isUnwritten = ({ result }: Settled): boolean =>
  result.status !== "written" && result.status !== "unknown";

/**
 * Writes down what the target answered, before it commits. A written row needs nothing but the key
 * of a new one: its base moves when the log tells the event; where there is no log, the answer is
 * kept to be told in its stead. A row that was not written has no event: its intent ends here,
 * whatever becomes of the others.
 */
export async function settleResults(
  context: EngineContext,
  { lease, map, session }: Work,
  results: readonly Settled[],
): Promise<void> {
  const now = nowOf(context);
  const isRead = session.changes === "reads";
  const made = results.flatMap(({ sending, result }) =>
    result.status === "written" && (isRead || sending.intent.operation === "create")
      ? [{ id: sending.intent.id, externalId: result.externalId }]
      : [],
  );
  const refused = results.filter(isUnwritten);
  if (made.length + refused.length === 0) return;
  await context.sql.begin(async (tx) => {
    if (isRead) await keepAnswers(tx, results, now);
    const unwritten = await ended(tx, refused, ({ sending }) => sending);
    const [parked] = await Promise.all([
      putBack(
        tx,
        unwritten.map((settled) => again(context, settled)),
      ),
      saveExternalIds(tx, made),
    ]);
    await gather(
      tx,
      unwritten.filter((settled) => !isFinal(settled)),
    );
    const refusals = unwritten
      .filter((settled) => isFinal(settled) && parked.has(settled.sending.link.id))
      .flatMap((settled) => refusalOf(context, settled));
    if (refusals.length === 0) return;
    await Promise.all([
      holdDeliveries(tx, refusals, { now, mapVersion: map.version }),
      appendAudit(tx, refusals.map(refusalLine), {
        stream: lease.partition,
        at: now,
        mapVersion: map.version,
        run: null,
      }),
      notify(tx, ["quarantine", "audit", "deliveries"]),
    ]);
  });
}

/**
 * Ends the intents of what was not written. Where one is no longer there an heir has ended it, and
 * may have made a call of its own: that delivery is the heir's.
 * @returns those that were still ours
 */
async function ended<T>(
  tx: Transaction,
  all: readonly T[],
  sendingOf: (one: T) => Sending,
): Promise<T[]> {
  const ours = await dropAttempts(
    tx,
    all.map((one) => sendingOf(one).intent.id),
  );
  return all.filter((one) => ours.has(sendingOf(one).intent.id));
}

/** How often a row may find its place taken, or its partner missing, before a person is asked. */
const AWAITED_TRIES_MAX = 4;

/** Rows that may have to exchange their values are sent together from now on. */
async function gather(tx: Transaction, unwritten: readonly Settled[]): Promise<void> {
  const taken = unwritten.flatMap(({ sending, result }) => {
    const { write, link } = sending;
    if (result.status !== "refused" || result.code !== "unique") return [];
    const value = write.operation === "update" ? write.columns[result.column ?? ""] : undefined;
    if (value === undefined || result.column === null) return [];
    // One that waits for a person is tried again at first only: else two would wake one another
    // for ever where the system does not let them exchange.
    const isFirst = sending.tries === 0;
    return [{ link: link.id, binding: link.binding, column: result.column, value, isFirst }];
  });
  const [system] = unwritten.map(({ sending }) => sending.link.system);
  const partitions = await gatherTaken(tx, taken);
  if (system === undefined || partitions.length === 0) return;
  const leases = partitions.map((number) => deliveryPartition(system, number));
  await notify(tx, ["deliveries"], leases);
}

/**
 * A unique value that is taken is first an answer: the row is there, and its news is on its way to
 * be matched, or it is about to get another one itself. A row that is referred to may be on its way
 * too, or the last one that refers to a row on its way out. Only when none of them comes is it a
 * refusal like the others.
 */
function isFinal({ sending, result }: Settled): boolean {
  const isLate = sending.tries >= AWAITED_TRIES_MAX;
  if (result.status === "found") return result.known !== null && isLate;
  if (result.status !== "refused") return false;
  const isAwaited = result.code === "unique" || result.code === "reference";
  return !isAwaited || isLate;
}

/** When a row that was not written is tried again: a refusal waits for a person or a new value. */
function again(context: EngineContext, settled: Settled): Put {
  const { sending, result } = settled;
  const { link, tries, dueAt } = sending;
  const failure = whyAgain(settled);
  if (isFinal(settled)) {
    return { link: link.id, state: "parked", nextAt: nowOf(context), tries: 0, failure, dueAt };
  }
  // News of the row is on its way and wakes the delivery at once; this is for when it is not.
  if (result.status === "later") {
    const nextAt = inMs(context, Math.min(result.retryAfterMs, LIMITS.retryDelayMsMax));
    return { link: link.id, state: "due", nextAt, tries, failure, dueAt };
  }
  const nextAt = later(context, tries);
  return { link: link.id, state: "due", nextAt, tries: tries + 1, failure, dueAt };
}

function whyAgain({ result }: Settled): string {
  if (result.status === "found") return foundWords(result);
  return result.status === "refused" ? result.message : WHY_AGAIN[result.status];
}

/** Nothing is made beside the row; who it is, is decided where it waits. */
const foundWords = ({ object, externalId, known }: FoundRow): string =>
  `${object} ${externalId} has the same match key${known === null ? "" : KNOWN[known]}.`;

const KNOWN: Readonly<Record<NonNullable<FoundRow["known"]>, string>> = {
  waits: " and waits to be matched",
  "let-be": ", and somebody has let it be",
  parted: " and was parted from another record",
  linked: "",
  making: "",
};

const WHY_AGAIN: Readonly<Record<Exclude<RowResult["status"], "refused">, string>> = {
  missing: "The row is gone.",
  changed: "The row has changed.",
  busy: "Somebody else holds the row locked.",
  later: "The system asks for time.",
  unknown: "",
  written: "",
};

function later(context: EngineContext, tries: number): string {
  return inMs(context, backoffMs(tries, context.random.fraction()));
}

function inMs(context: EngineContext, ms: number): string {
  return new Date(context.clock.now().getTime() + ms).toISOString();
}

function refusalOf(context: EngineContext, { sending, result }: Settled): Refusal[] {
  const { record, link, rules, intent } = sending;
  if (result.status === "found") {
    const field = rules.entity.matchKeys[0]?.fields[0] ?? "";
    const message = foundWords(result);
    const problem = { field, code: ROW_THERE, message, value: intent.sent[field] ?? null };
    return [{ id: context.ids.next(), record, link, problem }];
  }
  if (result.status !== "refused") return [];
  const edge = rules.binding.edges.find(
    ({ columns }) => result.column !== null && columns.includes(result.column),
  );
  const field = edge?.fields[0] ?? Object.keys(intent.sent)[0] ?? "";
  const problem: FieldProblem = {
    field,
    code: result.code,
    message: result.message,
    value: intent.sent[field] ?? null,
  };
  return [{ id: context.ids.next(), record, link, problem }];
}

export type FailedSend = {
  readonly transaction: WriteTransaction;
  /** What is not settled yet. */
  readonly sendings: readonly Sending[];
  readonly error: unknown;
};

/**
 * The call failed as a whole. Whether it took effect is asked of the target itself; where it did
 * not, the deliveries are due again. While nobody can tell, the intents stay open, and whoever
 * works on the partition next finds out.
 * @throws the failure, unless the call turns out to have taken effect
 */
export async function settleFailure(
  context: EngineContext,
  work: Work,
  { transaction, sendings, error }: FailedSend,
): Promise<void> {
  await transaction.abort().catch(() => undefined);
  const outcome = await outcomeOf(context, work.session, transaction.transaction);
  if (outcome === "committed") return;
  if (outcome === "aborted") {
    const failure = error instanceof FailureError ? error.message : String(error);
    await context.sql.begin(async (tx) => {
      const ours = await ended(tx, sendings, (sending) => sending);
      const puts = ours.map(({ link, tries }) => ({
        link: link.id,
        state: "due" as const,
        nextAt: later(context, tries),
        tries: Math.min(tries + 1, 30),
        failure,
      }));
      await putBack(tx, puts);
    });
  }
  throw error;
}

/**
 * Asks the target what became of a transaction, until it is over or the call's time is up.
 * @returns "open" when it may still take effect, or nobody could be asked; "unknown" when the
 *   target itself does not know
 */
export async function outcomeOf(
  context: EngineContext,
  session: Session,
  transaction: string,
): Promise<"committed" | "aborted" | "unknown" | "open"> {
  if (session.changes === "reads") return "unknown";
  const deadline = context.clock.monotonicMs() + LIMITS.callTimeoutMs;
  for (;;) {
    const outcome = await session.outcome(transaction).catch(() => "unreachable" as const);
    if (outcome === "committed" || outcome === "aborted" || outcome === "unknown") return outcome;
    if (context.clock.monotonicMs() >= deadline) return "open";
    await context.clock.sleep(100);
  }
}
