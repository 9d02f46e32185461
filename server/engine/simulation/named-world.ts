import { createSeededRandom } from "../../platform/random.ts";
import { type Dice, makeDice } from "./dice.ts";
import { playWorld } from "./play-world.ts";
import { accidents, BY_KEY, type Sides, wrongIn } from "./reference-world.ts";
import { readWorld, type World, type WorldEvent } from "./world-file.ts";

const PATH = new URL("../../../docs/worlds/named-references.yaml", import.meta.url).pathname;

/** Suppliers are named by their codes in the ERP; in the shop by badges, but by tags. */
export const BY_CODE: Sides = {
  erp: { ...BY_KEY.erp, backupBy: "code", ownerBy: "code" },
  shop: { ...BY_KEY.shop, backupBy: "badge" },
};

/** The world of references by other columns, with what a seed adds: more names, and accidents. */
export async function namedWorld(seed: number | null): Promise<World> {
  const world = await readWorld(PATH);
  if (seed === null) return world;
  const dice = makeDice(createSeededRandom(seed));
  const events = [...world.events, ...moreEvents(dice)];
  return { ...world, events, faults: accidents(dice) };
}

/** @returns what is wrong with a play of it: it must rest, with the same names in both systems */
export async function playNamed(url: string, seed: number): Promise<string[]> {
  return wrongIn(await playWorld(url, await namedWorld(seed)), BY_CODE);
}

/** By then what was there at the beginning has been read, whatever accidents there were. */
const RENAMED_MS = 175_000;

/** The file's own events have numbered so many suppliers of the ERP's. */
const SUPPLIERS = 4;

/**
 * Suppliers whose codes change once or twice, and whoever names them by the last one: some before
 * anybody has it. In the end every code is somebody's.
 */
function moreEvents(dice: Dice): WorldEvent[] {
  const added = Array.from({ length: dice.random.integer(1, 3) }, (_, at) => SUPPLIERS + 1 + at);
  const inErp = (atMs: number, object: string) => ({ at: atMs, system: "erp", object });
  const last = (supplier: number) => `N${supplier}-last`;
  const anybody = () => dice.pick(["A2", "B", "C", "D2", ...added.map(last)]);
  const inserts = added.map((supplier) => ({
    ...inErp(7_000 + supplier * 500, "suppliers"),
    insert: {
      ...{ name: `New ${supplier}`, code: `N${supplier}` },
      backup: dice.chance(0.6) ? anybody() : null,
    },
  }));
  const renames = added.flatMap((supplier) => {
    const at = RENAMED_MS + dice.random.integer(0, 40) * 500;
    const update = { ...inErp(at, "suppliers"), update: String(supplier) };
    const second = { ...update, at: at + 2_000, set: { code: last(supplier) } };
    return dice.chance(0.4) ? [{ ...update, set: { code: `N${supplier}-mid` } }, second] : [second];
  });
  const prices = Array.from({ length: dice.random.integer(1, 4) }, (_, at) => ({
    ...inErp(4_000 + dice.random.integer(0, 50) * 500, "prices"),
    insert: { supplier: anybody(), kind: `kind ${at}`, amount: String(at) },
  }));
  const badges = Array.from({ length: dice.random.integer(0, 2) }, (_, at) => ({
    ...{ at: RENAMED_MS + 10_000 + at * 1_000, system: "shop", object: "vendors" },
    ...{ update: "1", set: { badge: String(80 + at) } },
  }));
  return [...inserts, ...renames, ...prices, ...badges];
}
