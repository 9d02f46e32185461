import type { Session } from "../connectors/connector.ts";
import { LIMITS } from "../core/limits.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import {
  attemptsBefore,
  dropAttempts,
  type OpenAttempt,
  putBack,
  saveExternalIds,
} from "../storage/deliveries.ts";
import type { Lease } from "../storage/leases.ts";
import { type EngineContext, nowOf } from "./context.ts";
import { outcomeOf } from "./settle.ts";

type Recovery = {
  readonly lease: Lease;
  readonly session: Session;
  readonly map: CompiledMap;
};

/**
 * Finds out what became of the intents of whoever held this partition before, and looks before
 * anything is written again. Runs once when a partition is taken, before its first delivery.
 */
export async function recoverAttempts(context: EngineContext, recovery: Recovery): Promise<number> {
  const { lease, session } = recovery;
  const open = await attemptsBefore(context.sql, lease.partition, lease.epoch);
  const byTransaction = Map.groupBy(open, ({ transaction }) => transaction ?? "");
  for (const [transaction, attempts] of byTransaction) {
    const outcome = transaction === "" ? "aborted" : await outcomeOf(context, session, transaction);
    if (outcome === "committed") await adopt(context, recovery, attempts);
    else if (outcome === "aborted") await tryAgain(context, attempts, 0);
    else await lookAgain(context, recovery, attempts);
  }
  return open.length;
}

/**
 * The transaction took effect. Its events tell the rest; the rows that it made are looked up, for
 * their keys were in the lost answer. A row that it did not write has no event: its delivery is
 * due again once the log must have told it, and its condition keeps a second write from harm.
 */
async function adopt(
  context: EngineContext,
  recovery: Recovery,
  attempts: readonly OpenAttempt[],
): Promise<void> {
  const creates = attempts.filter((a) => a.operation === "create" && a.externalId === null);
  const found = await findRows(context, recovery, creates);
  const absent = creates.filter(({ id }) => !found.has(id));
  const made = creates.flatMap(({ id }) => {
    const externalId = found.get(id);
    return externalId === undefined ? [] : [{ id, externalId }];
  });
  await context.sql.begin(async (tx) => {
    await saveExternalIds(tx, made);
  });
  await tryAgain(context, absent, 0);
  const others = attempts.filter(({ id }) => !absent.some((a) => a.id === id));
  await wakeLater(
    context,
    others.filter(({ operation }) => operation !== "create"),
  );
}

/** Nobody knows: rows are looked for before one is made again; updates are conditional anyway. */
async function lookAgain(
  context: EngineContext,
  recovery: Recovery,
  attempts: readonly OpenAttempt[],
): Promise<void> {
  const creates = attempts.filter(({ operation }) => operation === "create");
  const found = await findRows(context, recovery, creates);
  const made = [...found].map(([id, externalId]) => ({ id, externalId }));
  await context.sql.begin(async (tx) => {
    await saveExternalIds(tx, made);
  });
  await tryAgain(
    context,
    attempts.filter(({ id }) => !found.has(id)),
    LIMITS.leaseMs,
  );
}

/** Looks in the target for rows with exactly the values that were sent. */
async function findRows(
  context: EngineContext,
  { session, map }: Recovery,
  creates: readonly OpenAttempt[],
): Promise<Map<OpenAttempt["id"], string>> {
  const found = new Map<OpenAttempt["id"], string>();
  const taken = new Set<string>();
  for (const attempt of creates) {
    const rules = map.bindings.get(attempt.binding);
    if (rules === undefined) continue;
    const rows = await session.search(rules.binding.object, searchOf(rules, attempt), 2);
    const [row, another] = rows.filter(({ externalId }) => !taken.has(externalId));
    if (row === undefined) continue;
    if (another !== undefined) {
      context.log.warn("A row that we made cannot be told from another.", { link: attempt.link });
    }
    taken.add(row.externalId);
    found.set(attempt.id, row.externalId);
  }
  return found;
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

async function tryAgain(
  context: EngineContext,
  attempts: readonly OpenAttempt[],
  afterMs: number,
): Promise<void> {
  if (attempts.length === 0) return;
  await context.sql.begin(async (tx) => {
    await dropAttempts(
      tx,
      attempts.map(({ id }) => id),
    );
    await putBack(
      tx,
      attempts.map((attempt) => due(context, attempt, afterMs)),
    );
  });
}

async function wakeLater(context: EngineContext, attempts: readonly OpenAttempt[]): Promise<void> {
  if (attempts.length === 0) return;
  await context.sql.begin(async (tx) => {
    await putBack(
      tx,
      attempts.map((attempt) => due(context, attempt, LIMITS.leaseMs)),
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
