import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hub } from "../../db/client.ts";
import { link } from "./acts/link.ts";
import { dismiss } from "./acts/quarantine.ts";
import { openSmallHub } from "./testing/open-small-hub.ts";
import type { SmallHub } from "./testing/small-hub.ts";

let hub: Hub;
let small: SmallHub;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ hub, small, close } = await openSmallHub());
});

afterAll(async () => {
  await close();
});

const MINUTE_MS = 60_000;

const inShop = (code: string) =>
  [...small.rows("shop")].filter(([, row]) => row["code"] === code).map(([id]) => id);

const recordAt = async (binding: string, externalId: string) =>
  (
    await hub.sql<{ record: string }[]>`
      select record from links
      where binding = ${binding} and external_id = ${externalId} and state = 'live'`
  )[0]?.record;

const held = async () =>
  await hub.sql<{ code: string; kind: string; message: string }[]>`
    select code, kind, message from quarantine where state = 'held' and system = 'shop'
    order by kind`;

async function sendAgain(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await small.settle();
    small.wait(MINUTE_MS);
  }
}

describe("before a row is made its system is asked for the match keys", () => {
  test("a row that somebody has made there, and of which nobody has told yet, is not made again", async () => {
    await small.edit("erp", "e1", { sku: "A-1", title: "Rope", price: "1", stock: "1" });
    small.appear("shop", "s1", { code: "A-1", name: "Rope", price_cents: "100" });
    await sendAgain(8);
    expect(inShop("A-1")).toEqual(["s1"]);
    const [due] = await hub.sql`
      select state, failure from deliveries where system = 'shop'`;
    expect(due).toMatchObject({
      state: "due",
      failure: "public.items s1 has the same match key.",
    });
    expect(await held()).toEqual([]);
    await small.edit("shop", "s1", { name: "Cord" });
    await small.settle();
    expect(await recordAt("shop-product", "s1")).toBe(await recordAt("erp-product", "e1"));
    expect(inShop("A-1")).toEqual(["s1"]);
    expect(await hub.sql`select 1 from deliveries where system = 'shop'`).toEqual([]);
  });

  test("somebody's row is no reason to wait: of two records with one key each gets its own", async () => {
    await small.edit("erp", "e2", { sku: "B-1", title: "Peg", price: "1", stock: "1" });
    await small.settle();
    await small.edit("erp", "e3", { sku: "B-2", title: "Pin", price: "1", stock: "1" });
    await small.edit("erp", "e3", { sku: "B-1" });
    await small.settle();
    expect(inShop("B-1")).toHaveLength(2);
  });

  test("beside a row that waits for a person nothing is made, until that one is somebody's", async () => {
    await small.edit("erp", "e4", { sku: "C-1", title: "Hook", price: "1", stock: "1" });
    await small.edit("erp", "e5", { sku: "C-2", title: "Eye", price: "1", stock: "1" });
    await small.edit("erp", "e5", { sku: "C-1" });
    await small.edit("shop", "s4", { code: "C-1", name: "Hook", price_cents: "100" });
    expect(await held()).toMatchObject([{ code: "ambiguous-match", kind: "row" }]);
    await sendAgain(8);
    expect(inShop("C-1")).toEqual(["s4"]);
    const message = "public.items s4 has the same match key and waits to be matched.";
    expect(await held()).toMatchObject([
      { code: "row-there", kind: "delivery", message },
      { code: "row-there", kind: "delivery", message },
      { code: "ambiguous-match", kind: "row" },
    ]);
    const record = (await recordAt("erp-product", "e4")) ?? "";
    const joined = await link(small.acts, { binding: "shop-product", externalId: "s4", record });
    expect(joined).toMatchObject({ kind: "linked" });
    await sendAgain(2);
    const others = inShop("C-1").filter((id) => id !== "s4");
    expect(others).toHaveLength(1);
    expect(await recordAt("shop-product", others[0] ?? "")).toBe(
      await recordAt("erp-product", "e5"),
    );
    expect(await held()).toEqual([]);
  });

  test("nor beside one that a person has let be, until they say whose it is", async () => {
    await small.edit("erp", "e6", { sku: "D-1", title: "Nut", price: "1", stock: "1" });
    await small.edit("erp", "e7", { sku: "D-2", title: "Bolt", price: "1", stock: "1" });
    await small.edit("erp", "e7", { sku: "D-1" });
    await small.edit("shop", "s6", { code: "D-1", name: "Nut", price_cents: "100" });
    const [{ id = "" } = {}] = await hub.sql<{ id: string }[]>`
      select id from quarantine where state = 'held' and kind = 'row' and external_id = 's6'`;
    const reason = "An old one.";
    expect(await dismiss(small.acts, { item: id, reason })).toEqual({ kind: "dismissed" });
    await sendAgain(8);
    expect(inShop("D-1")).toEqual(["s6"]);
    const message = "public.items s6 has the same match key, and somebody has let it be.";
    const waiting = { code: "row-there", kind: "delivery", message };
    expect(await held()).toMatchObject([waiting, waiting]);
    const record = (await recordAt("erp-product", "e6")) ?? "";
    await link(small.acts, { binding: "shop-product", externalId: "s6", record });
    await sendAgain(2);
    expect(inShop("D-1")).toHaveLength(2);
    expect(await held()).toEqual([]);
  });
});
