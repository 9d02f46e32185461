import { createSeededRandom } from "../../platform/random.ts";
import { type Dice, makeDice } from "./dice.ts";
import { playWorld } from "./play-world.ts";
import { faultsIn } from "./reference-world.ts";
import { readWorld, type World, type WorldFault, type WorldSystem } from "./world-file.ts";

const PATH = new URL("../../../docs/worlds/made-beside.yaml", import.meta.url).pathname;

/**
 * The world in which a job of the shop makes the product that the ERP gets at the same time, with
 * what a seed changes: how the shop is read, whether it keeps codes unique, how long before us the
 * job makes the row, and accidents on the way.
 */
export async function madeBesideWorld(seed: number): Promise<World> {
  const world = await readWorld(PATH);
  const dice = makeDice(createSeededRandom(seed));
  const { erp, shop } = world.systems;
  if (erp === undefined || shop === undefined) return world;
  const beforeMs = dice.pick([0, 0, 200, 1_000]);
  const events = world.events.map((event) =>
    "insert" in event && event.system === "shop" ? { ...event, at: event.at - beforeMs } : event,
  );
  const faults = dice.chance(0.5) ? [] : [accident(dice)];
  return { ...world, events, faults, systems: { erp, shop: habitsOf(dice, shop) } };
}

/** @returns what is wrong with a play of it: one record, with one row in each system */
export async function playMadeBeside(url: string, seed: number): Promise<string[]> {
  const result = await playWorld(url, await madeBesideWorld(seed));
  const wrong = faultsIn(result).map((one) => JSON.stringify(one));
  const rows = Object.values(result.systems["shop"]?.["items"] ?? {});
  const alike = rows.filter(({ code }) => code === "B-2").length;
  const links = result.links.filter(({ state }) => state === "live").map(({ record }) => record);
  return [
    ...wrong,
    ...(alike === 1 ? [] : [`The shop has ${alike} rows of B-2.`]),
    ...(links.length === 2 && new Set(links).size === 1
      ? []
      : ["The two rows are not one record."]),
  ];
}

function habitsOf(dice: Dice, shop: WorldSystem): WorldSystem {
  const items = shop.objects["items"];
  const unique = dice.chance(0.5) ? [["code"]] : [];
  const objects = items === undefined ? shop.objects : { items: { ...items, unique } };
  const { reads, ...log } = shop.traits;
  // It tells by a log, when it is asked, or not before all its rows are read.
  const how = dice.pick(["log", "asked", "swept"]);
  if (how === "log" || reads === undefined) return { ...shop, objects, traits: log };
  const every = how === "asked" ? 5_000 : undefined;
  return { ...shop, objects, traits: { ...log, reads: { ...reads, every } } };
}

function accident(dice: Dice): WorldFault {
  const place = dice.pick(["read", "recorded", "intents committed", "commit before"]);
  return { place, time: dice.random.integer(1, 4), do: dice.pick(["crash", "fail", "stall"]) };
}
