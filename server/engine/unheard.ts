import type { Transaction } from "../../db/client.ts";
import type { Session } from "../connectors/connector.ts";
import type { AttemptId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import { backoffMs } from "../core/run/after-failure.ts";
import { appendAudit } from "../storage/audit.ts";
import { READ_PAST, timesCaughtUp } from "../storage/captures.ts";
import {
  claimOpen,
  dropAttempts,
  type OpenAttempt,
  openIds,
  type Put,
  putBack,
} from "../storage/deliveries.ts";
import { holdDeliveries, type Refusal, refusalLine } from "../storage/delivery-quarantine.ts";
import { fence, type Lease } from "../storage/leases.ts";
import { loadRecords } from "../storage/load-records.ts";
import { notify } from "../storage/notify.ts";
import { type EngineContext, nowOf } from "./context.ts";

type Listening = {
  readonly lease: Lease;
  readonly system: string;
  readonly session: Session;
  readonly mapVersion: number;
};

/** Intents whose calls are over, and how often their system's log was read to its end by then. */
type Waiting = { readonly ids: ReadonlySet<AttemptId>; readonly caughtUp: number };

/**
 * Watches over what a system says that it has written. Its log has to tell it; where the log has
 * been read past the call and has not, the system has lied: the row is sent again, and after a few
 * times a person is asked. Otherwise the intent would wait for ever, and with it every later value.
 */
export class Unheard {
  readonly #context: EngineContext;
  #waiting: Waiting | null = null;
  #looked = Number.NEGATIVE_INFINITY;

  constructor(context: EngineContext) {
    this.#context = context;
  }

  /** Looks once in a while. Called between two calls, when none is under way. @throws LeaseLost */
  async look(listening: Listening): Promise<void> {
    if (listening.session.changes !== "log") return;
    const now = this.#context.clock.monotonicMs();
    if (now - this.#looked < LIMITS.unheardEveryMs) return;
    this.#looked = now;
    const { sql } = this.#context;
    const caughtUp = await timesCaughtUp(sql, listening.system);
    const open = await openIds(sql, listening.lease.partition);
    const before = this.#waiting;
    this.#waiting = { ids: new Set(open), caughtUp };
    if (before === null || caughtUp < before.caughtUp + READ_PAST) return;
    const unheard = open.filter((id) => before.ids.has(id));
    if (unheard.length > 0) await endUnheard(this.#context, listening, unheard);
  }
}

async function endUnheard(
  context: EngineContext,
  { lease, mapVersion, system }: Listening,
  unheard: readonly AttemptId[],
): Promise<void> {
  const now = nowOf(context);
  context.log.warn("A system has not done what it said.", { system, rows: unheard.length });
  await context.sql.begin(async (tx) => {
    await fence(tx, lease);
    const open = await claimOpen(tx, unheard);
    await dropAttempts(
      tx,
      open.map(({ id }) => id),
    );
    await putBack(
      tx,
      open.map((attempt) => again(context, attempt, now)),
    );
    const refusals = await refusalsOf(tx, context, open.filter(isLast));
    await holdDeliveries(tx, refusals, { now, mapVersion });
    const line = { stream: lease.partition, at: now, mapVersion, run: null };
    await appendAudit(tx, refusals.map(refusalLine), line);
    await notify(tx, ["quarantine", "audit", "deliveries"]);
  });
}

const isLast = ({ tries }: OpenAttempt): boolean => tries + 1 >= LIMITS.unheardTriesMax;

const WORDS = "The system said that it has written this, and its log shows that it has not.";

function again(context: EngineContext, attempt: OpenAttempt, now: string): Put {
  const { link, tries, dueAt } = attempt;
  const place = { link, failure: WORDS, ...(dueAt === null ? {} : { dueAt }) };
  if (isLast(attempt)) return { ...place, state: "parked", nextAt: now, tries: 0 };
  const afterMs = backoffMs(tries, context.random.fraction());
  const nextAt = new Date(context.clock.now().getTime() + afterMs).toISOString();
  return { ...place, state: "due", nextAt, tries: tries + 1 };
}

async function refusalsOf(
  tx: Transaction,
  context: EngineContext,
  attempts: readonly OpenAttempt[],
): Promise<Refusal[]> {
  const ids = [...new Set(attempts.map(({ record }) => record))];
  const { records, links } = await loadRecords(tx, ids, { lock: false });
  return attempts.flatMap((attempt) => {
    const record = records.get(attempt.record);
    const link = links.get(attempt.link);
    if (record === undefined || link === undefined) return [];
    const [[field, value] = ["", null]] = Object.entries(attempt.sent);
    const problem = { field, code: "not-written", message: WORDS, value };
    return [{ id: context.ids.next(), record, link, problem }];
  });
}
