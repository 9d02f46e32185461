import type { Sql, Transaction } from "../../../db/client.ts";
import type { RecordId } from "../../core/ids.ts";
import type { CompiledMap } from "../../core/plan/compile-map.ts";
import type { Source } from "../../core/reconcile/state.ts";
import { givenUp } from "../../core/reconcile/unique.ts";
import { wakeFor } from "../../core/reconcile/wake-wanting.ts";
import { type Changes, rowOfKey, type World } from "../../core/reconcile/world.ts";
import { ROW_THERE } from "../../core/run/row-there.ts";
import { commitChanges, type Resolution } from "../../storage/changes.ts";
import { wakeReferring } from "../../storage/deliveries.ts";
import { loadRecords } from "../../storage/load-records.ts";
import { notify } from "../../storage/notify.ts";
import { loadStoredScene } from "../../storage/scene.ts";
import { findUnknownOf } from "../../storage/world.ts";
import { createMapCache, type MapCache } from "../map-cache.ts";
import { followActs } from "../moved-references.ts";
import { leadOn } from "../references.ts";
import { sceneOf } from "../scene.ts";
import { holdersOf, loadWanting } from "../unique-evidence.ts";
import type { ActContext } from "./context.ts";
import { claimUnique, holdersOfRows } from "./unique-values.ts";

/** What every act of a person decides with. */
export type Scene = Pick<World, "map" | "now" | "loaded" | "clocks"> & {
  readonly tx: Transaction;
  readonly person: Source;
};

/** The audit chain of what people do. */
const STREAM = "people";

/** The live version is compiled once per process and pool, not once per act. */
const caches = new WeakMap<Sql, MapCache>();

function mapsOf(sql: Sql): MapCache {
  const known = caches.get(sql);
  if (known !== undefined) return known;
  const made = createMapCache({ sql });
  caches.set(sql, made);
  return made;
}

/** The live version's rules; null before the first one. Schemas may be of some time ago. */
export async function liveRules(sql: Sql): Promise<CompiledMap | null> {
  return await mapsOf(sql).current();
}

/** A version was published between reading the map and acting: nothing was done yet. */
class MapMoved extends Error {
  override readonly name = "MapMoved";
}

const MOVES_MAX = 5;

/**
 * Runs an act in one transaction, under the live version of the map.
 * @param fresh compiles the map anew: a schema may have changed since
 * @returns null before the first version is published, when there is nothing to act on
 */
export async function inScene<Outcome>(
  ctx: ActContext,
  act: (scene: Scene) => Promise<Outcome>,
  fresh = false,
): Promise<Outcome | null> {
  const maps = mapsOf(ctx.hub.sql);
  if (fresh) maps.invalidate();
  for (let moves = 0; ; moves += 1) {
    const map = await maps.current();
    if (map === null) return null;
    try {
      const done = await ctx.hub.sql.begin(async (tx) => ({
        it: await act(await loadScene(tx, ctx, map)),
      }));
      return done.it as Outcome;
    } catch (error) {
      if (!(error instanceof MapMoved) || moves >= MOVES_MAX) throw error;
    }
  }
}

async function loadScene(tx: Transaction, ctx: ActContext, map: CompiledMap): Promise<Scene> {
  const stored = await loadStoredScene(tx);
  if (stored.version !== map.version) throw new MapMoved(`Version ${stored.version} is live.`);
  const now = ctx.clock.now().toISOString();
  return { tx, map, now, ...sceneOf(map, stored), person: `person:${ctx.person}` };
}

/**
 * The world of some records, as a decision needs it.
 * @param lock holds the records, so that the engine decides before or after the act
 */
export async function worldOf(
  scene: Scene,
  records: readonly RecordId[],
  lock: boolean,
): Promise<World> {
  const { tx, map, now, loaded, clocks } = scene;
  const ids = [...new Set(records)].sort();
  if (lock) await claimUnique(tx, map);
  const found = await loadRecords(tx, ids, { lock });
  const none = { rules: map, named: new Map(), places: true };
  const { loaded: known, refer, named } = await leadOn(tx, found, none);
  return {
    map,
    now,
    loaded,
    clocks,
    ...known,
    refer,
    named,
    attempts: new Map(),
    // What a system holds is decided by some acts too: it may be what we have written ourselves.
    unknown: await findUnknownOf(tx, [...known.links.keys()]),
    keyHolders: await holdersOfRows(tx, map, known, refer),
    incarnations: new Map(),
  };
}

export type ActCommit = {
  readonly run?: string | null;
  /** The last enumeration that saw the row whose link is made. */
  readonly seenIn?: string | null;
  readonly resolution?: Resolution;
};

/** Writes down what an act decided, and tells whoever watches. */
export async function commitAct(
  scene: Scene,
  ctx: ActContext,
  world: World,
  changes: Changes,
  commit: ActCommit = {},
): Promise<void> {
  const { run = null, seenIn = null, resolution } = commit;
  const written = commitChanges(scene.tx, changes, {
    world,
    audit: { stream: STREAM },
    run,
    seenIn,
    ...(resolution === undefined ? {} : { person: { id: ctx.person, resolution } }),
  });
  await Promise.all([written.done, notify(scene.tx, written.topics, written.partitions)]);
  await wakeBeside(scene, changes);
  await followActs(scene.tx, scene, world, changes);
  const places = givenUp(world, changes);
  if (places.length > 0) await wakeUnique(scene, ctx, places);
}

/** What is not made because a row is there that waited to be matched: it waits no more. */
async function wakeBeside({ tx, map, now }: Scene, { decidedRows }: Changes): Promise<void> {
  const bindings = [...decidedRows].map((key) => map.bindings.get(rowOfKey(key).binding as never));
  for (const system of new Set(bindings.map((rules) => rules?.binding.system))) {
    if (system === undefined) continue;
    if (await wakeReferring(tx, system, [ROW_THERE], now)) await notify(tx, ["deliveries"], []);
  }
}

/** What waited for a unique value that an act has set free goes on, one after the other. */
async function wakeUnique(scene: Scene, ctx: ActContext, places: readonly string[]): Promise<void> {
  const { tx, map } = scene;
  const entities = [...new Set(places.map((place) => place.slice(0, place.indexOf("\n"))))];
  const { wanting, claims, records } = await loadWanting(tx, map, entities);
  if (!places.some((place) => wanting.has(place))) return;
  const world = await worldOf(scene, records, true);
  const keyHolders = new Map([...world.keyHolders, ...(await holdersOf(tx, claims))]);
  const woken = { ...world, keyHolders, wanting };
  await commitAct(
    scene,
    ctx,
    woken,
    wakeFor(woken, places, () => ctx.ids.next()),
  );
}
