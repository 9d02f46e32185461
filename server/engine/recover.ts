import type { Transaction } from "../../db/client.ts";
import type { Row, Session } from "../connectors/connector.ts";
import { LIMITS } from "../core/limits.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import { FailureError } from "../core/run/failure.ts";
import {
  dropAttempts,
  markUnknown,
  type OpenAttempt,
  openAttempts,
  putBack,
  saveExternalIds,
} from "../storage/deliveries.ts";
import { addAnswers, addHints } from "../storage/inbox.ts";
import { fence, type Lease } from "../storage/leases.ts";
import { knownRows } from "../storage/links.ts";
import { type EngineContext, nowOf } from "./context.ts";
import { outcomeOf } from "./settle.ts";

type Recovery = {
  readonly lease: Lease;
  readonly session: Session;
  readonly map: CompiledMap;
  readonly signal: AbortSignal;
};

/**
 * Finds out what became of the intents that were left behind in this partition, by whoever held it
 * before or by a connection of our own that broke. Runs before anything is written through a new
 * session.
 * @throws FailureError while a transaction may still take effect: nothing is written meanwhile;
 *   LeaseLost, for what is under way may be of whoever holds the partition now
 */
export async function recoverAttempts(context: EngineContext, recovery: Recovery): Promise<void> {
  const { session } = recovery;
  const all = await leftBehind(context, recovery);
  // Where there is no log, an answer that was kept tells all that there is to know.
  const open = session.changes === "log" ? all : all.filter(({ state }) => state === "open");
  const byTransaction = Map.groupBy(open, ({ transaction }) => transaction ?? "");
  for (const [transaction, attempts] of byTransaction) {
    const outcome = await outcomeOf(context, session, transaction);
    // Answers are kept before the commit: each of these was carried out, and its event will come.
    if (outcome === "committed") continue;
    if (outcome === "aborted") await tryAgain(context, recovery, attempts);
    else if (outcome === "unknown") await lookAgain(context, recovery, attempts);
    else throw stillOpen(transaction);
  }
}

/** None where the engine is to stop; where reads may show the past, what is left a while later. */
async function leftBehind(
  context: EngineContext,
  { session, lease, signal }: Recovery,
): Promise<readonly OpenAttempt[]> {
  const all = await openAttempts(context.sql, lease.partition);
  if (all.length === 0 || session.changes === "log" || session.staleMs === 0) return all;
  // Until then a search may show the system as it was before our call.
  await context.clock.sleep(session.staleMs, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return signal.aborted ? [] : await openAttempts(context.sql, lease.partition);
}

function stillOpen(transaction: string): FailureError {
  const detail = `Our transaction ${transaction} is not over yet; nothing is written before it is.`;
  return new FailureError({ kind: "unreachable", detail });
}

/**
 * The target forgot what became of it. Rows are looked for before one is made again; updates are
 * conditional anyway. The intents stay, so that an event that comes after all is known for ours.
 */
async function lookAgain(
  context: EngineContext,
  recovery: Recovery,
  attempts: readonly OpenAttempt[],
): Promise<void> {
  const creates = attempts.filter(({ operation }) => operation === "create");
  const found = await findRows(context, recovery, creates);
  const made = [...found].map(([id, { externalId }]) => ({ id, externalId }));
  const others = attempts.filter(({ id }) => !found.has(id));
  await context.sql.begin(async (tx) => {
    await fence(tx, recovery.lease);
    await saveExternalIds(tx, made);
    await markUnknown(
      tx,
      attempts.map(({ id }) => id),
    );
    if (recovery.session.changes === "reads") {
      await tellRecovered(tx, recovery.map, { attempts, found, now: nowOf(context) });
    }
    await putBack(
      tx,
      others.map((attempt) => due(context, attempt, LIMITS.leaseMs)),
    );
  });
}

/** No log will tell of them: what was found is told instead, and the others are to be read. */
async function tellRecovered(
  tx: Transaction,
  map: CompiledMap,
  of: {
    readonly attempts: readonly OpenAttempt[];
    readonly found: ReadonlyMap<OpenAttempt["id"], Row>;
    readonly now: string;
  },
): Promise<void> {
  const [system] = of.attempts.map((attempt) => attempt.system);
  if (system === undefined) return;
  const objectOf = (attempt: OpenAttempt) =>
    map.bindings.get(attempt.binding)?.binding.object ?? "";
  const answers = of.attempts.flatMap((attempt) => {
    const { id, transaction } = attempt;
    const row = of.found.get(id);
    if (row === undefined || transaction === null) return [];
    const { externalId, columns } = row;
    const made = { externalId, columns, transaction, operation: "create", readBack: true } as const;
    return [{ ...made, object: objectOf(attempt) }];
  });
  const hints = of.attempts.flatMap((attempt) => {
    const { externalId } = attempt;
    const isKnown = externalId !== null && !of.found.has(attempt.id);
    return isKnown ? [{ object: objectOf(attempt), externalId }] : [];
  });
  await addAnswers(tx, system, answers, of.now);
  await addHints(tx, system, hints, { now: of.now });
}

/** Looks in the target for the rows that were made, by their keys or by what was sent. */
async function findRows(
  context: EngineContext,
  { session, map }: Recovery,
  creates: readonly OpenAttempt[],
): Promise<Map<OpenAttempt["id"], Row>> {
  const found = new Map<OpenAttempt["id"], Row>();
  const taken = new Set<string>();
  for (const attempt of creates) {
    const rules = map.bindings.get(attempt.binding);
    if (rules === undefined) continue;
    const [row, another] = await strangersLike(context, { session, rules, attempt, taken });
    if (row === undefined) continue;
    if (another !== undefined) {
      context.log.warn("A row that we made cannot be told from another.", { link: attempt.link });
    }
    taken.add(row.externalId);
    found.set(attempt.id, row);
  }
  return found;
}

type Sought = {
  readonly session: Session;
  readonly rules: Rules;
  readonly attempt: OpenAttempt;
  /** Rows that other calls seem to have made. */
  readonly taken: ReadonlySet<string>;
};

/** Of so many rows with the same keys nobody looks for the one that is ours any longer. */
const ALIKE_MAX = 2_048;

/**
 * Rows of which the hub knows nothing yet and that look like the attempt's: two of them say that
 * nobody can tell. Others with the same keys, which are known, may come first.
 */
async function strangersLike(
  context: EngineContext,
  { session, rules, attempt, taken }: Sought,
): Promise<Row[]> {
  const { object } = rules.binding;
  for (let countMax = 2; ; countMax *= 4) {
    const rows =
      attempt.externalId === null
        ? await session.search(object, searchOf(rules, attempt), countMax)
        : await session.readByIds(object, [attempt.externalId]);
    const ids = rows.map(({ externalId }) => externalId);
    const known = await knownToOthers(context, attempt, ids);
    // What the hub knows already was told by others: of ours no event has come. Of a row outside
    // the scope it will never know anything: to wait for its event would be to wait for ever.
    const strange = rows.filter(
      ({ externalId: id, columns }) =>
        !taken.has(id) && !known.has(id) && (rules.scope?.missOf(columns) ?? null) === null,
    );
    if (strange.length > 0 || rows.length < countMax || countMax >= ALIKE_MAX) return strange;
  }
}

/** Those of these rows that are somebody's, wait for somebody, or were made by another intent. */
async function knownToOthers(
  context: EngineContext,
  { id, binding }: OpenAttempt,
  externalIds: readonly string[],
): Promise<Set<string>> {
  const known = await knownRows(context.sql, binding, externalIds);
  const others = known.filter(({ how, of }) => how !== "parted" && of !== id);
  return new Set(others.map((one) => one.id));
}

type Rules = NonNullable<ReturnType<CompiledMap["bindings"]["get"]>>;

/** The columns of the match keys where there are any, else all that was sent. */
function searchOf(rules: Rules, attempt: OpenAttempt) {
  const keys = new Set(rules.entity.matchKeys[0]?.fields ?? []);
  const names = rules.binding.edges
    .filter(({ fields }) => fields.some((field) => keys.has(field)))
    .flatMap(({ columns }) => columns);
  const match = Object.fromEntries(
    Object.entries(attempt.columns).filter(([name]) => names.includes(name)),
  );
  return Object.keys(match).length > 0 ? match : attempt.columns;
}

/** Nothing of it was written: no event will come, and the deliveries are due again. */
async function tryAgain(
  context: EngineContext,
  { lease }: Recovery,
  attempts: readonly OpenAttempt[],
): Promise<void> {
  await context.sql.begin(async (tx) => {
    await fence(tx, lease);
    await dropAttempts(
      tx,
      attempts.map(({ id }) => id),
    );
    await putBack(
      tx,
      attempts.map((attempt) => due(context, attempt, 0)),
    );
  });
}

function due(context: EngineContext, attempt: OpenAttempt, afterMs: number) {
  const at = new Date(context.clock.now().getTime() + afterMs).toISOString();
  return {
    link: attempt.link,
    state: "due" as const,
    nextAt: afterMs === 0 ? nowOf(context) : at,
    tries: attempt.tries + 1,
    failure: "The engine stopped in the middle of the call.",
  };
}
