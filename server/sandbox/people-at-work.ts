import postgres from "postgres";
import type { Sql } from "../../db/client.ts";
import type { Random } from "../platform/random.ts";
import { placeOf } from "./open-sandbox.ts";
import { SANDBOX_SYSTEMS, type SandboxSystem } from "./shapes.ts";

/** People who edit the sandbox's databases as its users would. */
export type PeopleAtWork = {
  /** Makes so many single edits, one commit each. */
  edit(count: number): Promise<void>;
  close(): Promise<void>;
};

type Databases = Readonly<Record<SandboxSystem, Sql>>;

/** One edit in so many is made on two sides at once. */
const COLLISION_EVERY = 30;

/** Opens the sandbox's databases for people to work in. The seed of `random` is their mood. */
export function openPeopleAtWork(hubUrl: string, random: Random): PeopleAtWork {
  const open = (system: SandboxSystem) =>
    postgres(placeOf(hubUrl, system).url, { max: 2, onnotice: () => undefined }) as unknown as Sql;
  const databases: Databases = { erp: open("erp"), shop: open("shop"), crm: open("crm") };
  return {
    async edit(count) {
      for (let made = 0; made < count; made += 1) {
        if (random.integer(1, COLLISION_EVERY) === 1) await collide(databases, random);
        else await work(databases, random);
      }
    },
    async close() {
      await Promise.all(SANDBOX_SYSTEMS.map((system) => databases[system].end({ timeout: 2 })));
    },
  };
}

const skuOf = (random: Random): string => `P-${String(random.integer(1, 5_000)).padStart(5, "0")}`;

const pick = <T>(random: Random, options: readonly T[]): T =>
  options[random.integer(0, options.length - 1)] as T;

const COLOURS = ["red", "blue", "green", "black", "white", "grey"] as const;

type Edit = (databases: Databases, random: Random) => Promise<unknown>;

const EDITS: readonly Edit[] = [
  ({ erp }, random) => {
    const price = (random.integer(99, 250_000) / 100).toFixed(2);
    return erp`update products set net_price = ${price}, changed_on = now()
      where product_no = ${skuOf(random)}`;
  },
  ({ erp }, random) =>
    erp`update products set stock_qty = stock_qty + ${random.integer(1, 40)}
      where product_no = ${skuOf(random)}`,
  ({ shop }, random) =>
    shop`update items set inventory = inventory - 1 where sku = ${skuOf(random)} and inventory > 0`,
  ({ shop }, random) => {
    const colour = `, ${pick(random, COLOURS)}`;
    return shop`update items set title = left(split_part(title, ',', 1) || ${colour}, 80)
      where sku = ${skuOf(random)}`;
  },
  ({ crm }, random) => {
    const phone = `+49 30 ${random.integer(1_000_000, 9_999_999)}`;
    return crm`update contacts set phone = ${phone} where contact_id = ${random.integer(1, 1_600)}`;
  },
  ({ erp }, random) => {
    const status = pick(random, ["A", "A", "H"]);
    return erp`update products set status = ${status} where product_no = ${skuOf(random)}`;
  },
];

async function work(databases: Databases, random: Random): Promise<void> {
  await pick(random, EDITS)(databases, random);
}

/** Two people change the same name at the same moment, each in their own system. */
async function collide({ erp, shop }: Databases, random: Random): Promise<void> {
  const sku = skuOf(random);
  const [mine, yours] = [`, ${pick(random, COLOURS)} edition`, `, ${pick(random, COLOURS)}`];
  await Promise.all([
    erp`update products set description = left(split_part(description, ',', 1) || ${mine}, 120)
      where product_no = ${sku}`,
    shop`update items set title = left(split_part(title, ',', 1) || ${yours}, 80)
      where sku = ${sku}`,
  ]);
}
