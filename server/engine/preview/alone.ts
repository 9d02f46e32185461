import type { Hub, Sql, Transaction } from "../../../db/client.ts";

/** Somebody has ended the preview. */
export class PreviewEnded extends Error {
  override readonly name = "PreviewEnded";
}

/**
 * Works in one transaction of a session of its own, which is undone whatever became of it.
 * @param signal ends it at once, wherever it is
 * @throws PreviewEnded
 */
export async function inOwnSession<T>(
  hub: Hub,
  signal: AbortSignal,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const ended = () => new PreviewEnded("The preview was ended.");
  if (signal.aborted) throw ended();
  const alone = hub.openAlone();
  const undone = new Undone<T>();
  let cancelled: Promise<unknown> = Promise.resolve();
  let stop: () => void = () => undefined;
  try {
    await alone.begin("isolation level repeatable read", async (tx) => {
      const [session] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      const cancel = () => hub.sql`select pg_cancel_backend(${session?.pid ?? 0})`;
      stop = () => {
        cancelled = cancel().catch(() => undefined);
      };
      signal.addEventListener("abort", stop, { once: true });
      undone.result = { it: await work(tx) };
      throw undone;
    });
  } catch (error) {
    if (signal.aborted) throw ended();
    if (error !== undone) throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    await cancelled;
    // What was sent behind a statement that failed is answered too before the session ends.
    await alone`select 1`.catch(() => undefined);
    await alone.end({ timeout: 2 });
  }
  if (undone.result === null) throw new Error("A preview ended without a result.");
  return undone.result.it;
}

/** Thrown to undo what was done; it takes the result out. */
class Undone<T> extends Error {
  override readonly name = "Undone";
  result: { readonly it: T } | null = null;
}

/**
 * A transaction as the pool that the engine's steps begin theirs in: each is a part of it, and is
 * undone alone where it fails.
 */
export function asPool(tx: Transaction): Sql {
  return new Proxy(tx, {
    get: (target, name) => Reflect.get(target, name === "begin" ? "savepoint" : name),
  }) as unknown as Sql;
}
