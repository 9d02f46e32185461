import { LIMITS } from "../../core/limits.ts";
import { notify } from "../../storage/notify.ts";
import { type HeldFilter, heldIds, heldNow } from "../../storage/quarantine.ts";
import {
  addReplay,
  claimReplay,
  listReplays,
  noteReplayed,
  REPLAYS,
  type Replay,
} from "../../storage/replays.ts";
import { countRun, finishRun, startRun } from "../../storage/runs.ts";
import type { ActContext } from "./context.ts";
import { replayOne } from "./quarantine.ts";

/** Whoever carries a replay on does it in the name of the person who began it. */
export type ReplayContext = Omit<ActContext, "person">;

export type Started =
  | { readonly kind: "started"; readonly run: string; readonly total: number }
  | { readonly kind: "nothing" };

/**
 * Begins to try the held items that match again, so many in a second at most. The run goes on in
 * whichever engine, until all that are held now were tried, or somebody stops it.
 */
export async function startReplay(
  { hub, clock, ids, person }: ActContext,
  act: { readonly filter: HeldFilter; readonly perSecond: number },
): Promise<Started> {
  const perSecond = Math.min(Math.max(1, act.perSecond), LIMITS.replayPerSecondMax);
  const found = await heldNow(hub.sql, act.filter);
  if (found === null) return { kind: "nothing" };
  const now = clock.now().toISOString();
  const run = ids.next();
  const { system = null, binding = null } = act.filter;
  await hub.sql.begin(async (tx) => {
    const about = { system, binding, mapVersion: null, engine: null, now };
    await startRun(tx, { id: run, kind: "replay", ...about, detail: wordsOf(act, perSecond) });
    await countRun(tx, run, { total: found.count }, now);
    const { filter } = act;
    await addReplay(tx, { run, filter, person, perSecond, until: found.last }, now);
    await notify(tx, ["runs", "quarantine"], [REPLAYS]);
  });
  return { kind: "started", run, total: found.count };
}

function wordsOf({ filter }: { readonly filter: HeldFilter }, perSecond: number): string {
  const parts = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [`${name} ${value}`],
  );
  const which = parts.length === 0 ? "everything that is held" : parts.join(", ");
  return `Tries again ${which}, at most ${perSecond} a second.`;
}

/** Stops a replay between two items; what was tried stays tried. */
export async function stopReplay(
  { hub, clock, person }: ActContext,
  act: { readonly run: string },
): Promise<{ readonly kind: "stopped" | "over" | "unknown" }> {
  return await hub.sql.begin(async (tx) => {
    await tx`select 1 from runs where id = ${act.run} and kind = 'replay' for update`;
    const [replay] = await listReplays(tx, { run: act.run, countMax: 1 });
    if (replay === undefined) return { kind: "unknown" };
    if (replay.state !== "running") return { kind: "over" };
    const now = clock.now().toISOString();
    await finishRun(tx, act.run, { state: "cancelled", detail: `Stopped by ${person}.`, now });
    await notify(tx, ["runs", "quarantine"]);
    return { kind: "stopped" };
  });
}

/**
 * Tries the next batch of a replay that is due: a second's worth of items, each an act of its own,
 * so that one that fails keeps none of the others back. A crash in the midst loses nothing: the
 * batch is tried again, and what was let go is not held any more.
 * @returns whether there was one
 */
export async function stepReplay(
  ctx: ReplayContext,
  which: { readonly run: string | null },
): Promise<boolean> {
  const begun = ctx.clock.now();
  const at = { run: which.run, now: begun.toISOString(), heldMs: LIMITS.replayBatchMsMax };
  const replay = await claimReplay(ctx.hub.sql, at);
  if (replay === null) return false;
  const counts = await tryBatch(ctx, replay);
  const nextAt = new Date(begun.getTime() + 1_000).toISOString();
  await ctx.hub.sql.begin(async (tx) => {
    const now = ctx.clock.now().toISOString();
    const { last, isOver, ...tried } = counts;
    if (last !== null) {
      await countRun(tx, replay.run, tried, now);
      await noteReplayed(tx, { run: replay.run, after: last, nextAt });
    }
    if (isOver) await endReplay(tx, replay.run, now);
    await notify(tx, ["runs", "quarantine"]);
  });
  return true;
}

type Tx = Parameters<typeof finishRun>[0];

/** Unless somebody has stopped it meanwhile. */
async function endReplay(tx: Tx, run: string, now: string): Promise<void> {
  const [open] = await tx`select 1 from runs where id = ${run} and state = 'running' for update`;
  if (open !== undefined) await finishRun(tx, run, { state: "succeeded", now });
}

async function tryBatch(ctx: ReplayContext, replay: Replay) {
  const { filter, after, until, perSecond: countMax, person } = replay;
  const ids = await heldIds(ctx.hub.sql, filter, { after, until, countMax });
  const counts = { released: 0, due: 0, held: 0 };
  let last: string | null = null;
  for (const [index, id] of ids.entries()) {
    if (await isStopped(ctx, replay.run)) return { ...counts, last, isOver: false };
    const { kind } = await replayOne({ ...ctx, person }, id, index === 0);
    if (kind === "released" || kind === "due" || kind === "held") counts[kind] += 1;
    last = id;
  }
  return { ...counts, last, isOver: ids.length < countMax };
}

async function isStopped({ hub }: ReplayContext, run: string): Promise<boolean> {
  const [row] = await hub.sql<{ state: string }[]>`select state from runs where id = ${run}`;
  return row?.state !== "running";
}
