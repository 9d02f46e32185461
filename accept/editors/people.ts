import type { Random } from "../../server/platform/random.ts";
import type { JournalEntry, SystemName } from "../checker/journal.ts";
import type { Systems } from "../stage/sandbox-stage.ts";
import { type Commit, makeCommit, ORIGINS, STATUSES } from "./commits.ts";
import { makeRow } from "./new-rows.ts";

/** Those who edit all three systems at once, each with a journal of its own. */
export type People = {
  readonly systems: Systems;
  /** Keys that exist from the beginning. */
  readonly skus: readonly string[];
  readonly mails: readonly string[];
  readonly random: Random;
};

export type Pace = {
  readonly edits: number;
  readonly editsPerSecond: number;
  /** Edits that were made before: each has a number of its own, and so has what it makes. */
  readonly before?: number;
  /** Hears how many edits are done. */
  readonly onEdit: (done: number) => void;
};

const EDITORS: readonly SystemName[] = ["erp", "erp", "erp", "shop", "shop", "shop", "crm", "crm"];

/** Some products are everybody's favourites: there edits collide. */
const FAVOURITES = 60;

/** Edits until so many are made. @returns all journals as one, in the order of the commits' ends */
export async function workOn(people: People, pace: Pace): Promise<JournalEntry[]> {
  const journal: JournalEntry[] = [];
  const started = performance.now();
  let begun = 0;
  const editor = async (system: SystemName) => {
    while (begun < pace.edits) {
      begun += 1;
      const number = begun;
      const early = started + (number * 1_000) / pace.editsPerSecond - performance.now();
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      const made = await makeOne(people, system, number + (pace.before ?? 0));
      journal.push(...made);
      pace.onEdit(number);
    }
  };
  await Promise.all(EDITORS.map((system) => editor(system)));
  return journal;
}

const NEW_ROW_EVERY = 40;

async function makeOne(
  { systems, skus, mails, random }: People,
  system: SystemName,
  number: number,
): Promise<JournalEntry[]> {
  if (number % NEW_ROW_EVERY === 0) return await makeRow(systems, system, number);
  const favourite = random.integer(1, 5) === 1;
  const pick = (keys: readonly string[]) =>
    keys[random.integer(0, (favourite ? Math.min(FAVOURITES, keys.length) : keys.length) - 1)] ??
    "";
  const kinds = KINDS[system];
  const kind = kinds[random.integer(0, kinds.length - 1)];
  if (kind === undefined) return [];
  const change = kind(number, random);
  const key = pick(change.entity === "product" ? skus : mails);
  const entry = await makeCommit(systems, { ...change, system, key });
  return entry === null ? [] : [entry];
}

type Change = Omit<Commit, "system" | "key">;
type Kind = (number: number, random: Random) => Change;

const set = (entity: Commit["entity"], field: string, value: string): Change => ({
  ...{ entity, field, value, kind: "set" },
});

// A value with the number of its edit is nobody else's: it can be followed.
const name: Kind = (number) => set("product", "name", `Name ${number}`);
const price: Kind = (number) => set("product", "price", `${1_000 + number}.25`);
const phone: Kind = (number) => set("customer", "phone", `+49 30 ${number}`);
const family: Kind = (number) => set("customer", "family", `Family${number}`);
const status: Kind = (_number, random) =>
  set("product", "status", STATUSES[random.integer(0, STATUSES.length - 1)] ?? "active");
const origin: Kind = (_number, random) =>
  set("product", "origin", ORIGINS[random.integer(0, ORIGINS.length - 1)] ?? "DE");
const stock: Kind = (_number, random) => {
  const value = String(random.integer(-9, 9) || 7);
  return { entity: "product", field: "stock", value, kind: "delta" };
};

const KINDS: Readonly<Record<SystemName, readonly Kind[]>> = {
  erp: [price, price, price, price, stock, stock, stock, name, status, origin, phone, family],
  shop: [stock, stock, stock, stock, phone, phone, name, status, origin, price, family],
  crm: [phone, phone, phone, name, family, price],
};
