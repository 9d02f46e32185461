import { isDeepStrictEqual } from "node:util";
import { createSeededRandom } from "../../platform/random.ts";
import { type Dice, makeDice } from "./dice.ts";
import { playWorld } from "./play-world.ts";
import { readWorld, type World, type WorldEvent, type WorldFault } from "./world-file.ts";

const PATH = new URL("../../../docs/worlds/references.yaml", import.meta.url).pathname;

type Result = Awaited<ReturnType<typeof playWorld>>;

/** The world of references, with what a seed adds: more that refer to one another, accidents. */
export async function referenceWorld(seed: number | null): Promise<World> {
  const world = await readWorld(PATH);
  if (seed === null) return world;
  const dice = makeDice(createSeededRandom(seed));
  const events = [...world.events, ...moreEvents(dice)];
  // Beside accidents both would be made twice at once, and a person asked which is which.
  if (dice.chance(0.3)) return { ...world, events: [...events, ...sameInShop()] };
  return { ...world, events, faults: accidents(dice) };
}

/** @returns what is wrong with a play of it: it must rest, with the same names in both systems */
export async function playReferences(url: string, seed: number): Promise<string[]> {
  return wrongIn(await playWorld(url, await referenceWorld(seed)), BY_KEY);
}

export function wrongIn(result: Result, by: Sides): string[] {
  const names = namesIn(result, by);
  const wrong = faultsIn(result).map((one) => JSON.stringify(one));
  if ("erp" in names) return [...wrong, `The names differ: ${JSON.stringify(names)}`];
  const twice = names.prices.filter((name, at) => names.prices.indexOf(name) !== at);
  return [...wrong, ...twice.map((name) => `There are two of ${name}.`)];
}

/** What keeps a world from having come to rest as it should. */
export function faultsIn({ rests, problems, held }: Result): unknown[] {
  const waiting = held.filter(({ state }) => state === "held");
  return [...(rests ? [] : ["It does not rest."]), ...problems, ...waiting];
}

type Told = { readonly suppliers: readonly string[]; readonly prices: readonly string[] };

/** What both systems say of the world, by names alone; both, where it is not the same. */
export function namesIn(
  { systems }: Result,
  by: Sides = BY_KEY,
): Told | { readonly erp: Told; readonly shop: Told } {
  const read = (system: string, { suppliers, prices, ...names }: Side): Told => {
    const rows = systems[system]?.[suppliers] ?? {};
    const nameOf = (value: unknown, column: string | null) => {
      const all = Object.entries(rows);
      const found = all.find(([id, row]) => String(column === null ? id : row[column]) === value);
      return found?.[1][names.name] ?? "nobody";
    };
    const parts = Object.values(systems[system]?.[prices] ?? {});
    return {
      suppliers: Object.values(rows)
        .map((row) => `${row[names.name]} for ${nameOf(row[names.backup], names.backupBy)}`)
        .sort(),
      prices: parts
        .map((row) => `${nameOf(row[names.owner], names.ownerBy)} ${row["kind"]} ${row["amount"]}`)
        .sort(),
    };
  };
  const [erp, shop] = [read("erp", by.erp), read("shop", by.shop)];
  return isDeepStrictEqual(erp, shop) ? erp : { erp, shop };
}

/** The objects of a system, and by which columns their rows refer to suppliers; null: the key. */
type Side = {
  readonly suppliers: string;
  readonly prices: string;
  readonly name: string;
  readonly backup: string;
  readonly backupBy: string | null;
  readonly owner: string;
  readonly ownerBy: string | null;
};
export type Sides = { readonly erp: Side; readonly shop: Side };

export const BY_KEY: Sides = {
  erp: {
    ...{ suppliers: "suppliers", prices: "prices", name: "name" },
    ...{ backup: "backup", backupBy: null, owner: "supplier", ownerBy: null },
  },
  shop: {
    ...{ suppliers: "vendors", prices: "tags", name: "label" },
    ...{ backup: "stands_in", backupBy: null, owner: "vendor", ownerBy: null },
  },
};

/** The file's own events have numbered so many suppliers of the ERP's, and so many prices. */
const SUPPLIERS = 4;

/**
 * Suppliers that come, stand in for one another or for nobody, and prices of theirs: most of what
 * is referred to comes later than what refers to it. All of it will be there in the end.
 */
function moreEvents(dice: Dice): WorldEvent[] {
  const added = dice.random.integer(1, 4);
  const anybody = () => String(dice.random.integer(1, SUPPLIERS + added));
  const inErp = (atMs: number, object: string) => ({ at: atMs, system: "erp", object });
  const suppliers = Array.from({ length: added }, (_, index) => ({
    ...inErp(7_000 + dice.random.integer(0, 20) * 500, "suppliers"),
    insert: { name: `New ${index}`, backup: dice.chance(0.6) ? anybody() : null },
  }));
  const prices = Array.from({ length: dice.random.integer(1, 4) }, (_, index) => ({
    ...inErp(4_000 + dice.random.integer(0, 12) * 500, "prices"),
    insert: { supplier: anybody(), kind: `kind ${index}`, amount: String(index) },
  }));
  const moved = Array.from({ length: dice.random.integer(0, 2) }, () => ({
    ...inErp(22_000 + dice.random.integer(0, 20) * 500, "suppliers"),
    ...{ update: dice.pick(["1", "3", "4"]), set: { backup: anybody() } },
  }));
  return [...suppliers, ...prices, ...moved];
}

/** The shop has the price that comes before its supplier in the ERP: it must be found again. */
function sameInShop(): WorldEvent[] {
  const inShop = (object: string) => ({ at: 6_000, system: "shop", object });
  return [
    { ...inShop("vendors"), insert: { no: "77", label: "Clay", stands_in: null } },
    { ...inShop("tags"), insert: { vendor: "77", kind: "sale", amount: "7" } },
  ];
}

/** What goes wrong at some steps of the engine. */
export function accidents(dice: Dice): WorldFault[] {
  return Array.from({ length: dice.random.integer(0, 5) }, () => ({
    ...{ step: dice.random.integer(0, 400), time: 1 },
    do: dice.pick(["crash", "crash", "fail", "stall", "stall"] as const),
  }));
}
