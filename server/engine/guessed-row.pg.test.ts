import { afterAll, beforeAll, expect, test } from "vitest";
import type { Hub } from "../../db/client.ts";
import { link } from "./acts/link.ts";
import { dismiss } from "./acts/quarantine.ts";
import { openSmallHub } from "./testing/open-small-hub.ts";
import type { SmallHub } from "./testing/small-hub.ts";

let hub: Hub;
let small: SmallHub;
let close: () => Promise<void>;
let made = 0;

beforeAll(async () => {
  ({ hub, small, close } = await openSmallHub());
});

afterAll(async () => {
  await close();
});

/**
 * Our call has made a row in the shop, or somebody has: nobody can tell, and by its key the row may
 * be two records'. A person is asked whose it is.
 */
async function rowInDoubt(): Promise<{ record: string; row: string; item: string }> {
  made += 1;
  const sku = `S-${made}`;
  await small.edit("erp", `other${made}`, { sku: `O-${made}`, title: "Cord", price: "1" });
  await small.settle();
  await small.edit("erp", `e${made}`, { sku, title: "Rope", price: "1" });
  await small.send();
  await hub.sql`update attempts set state = 'unknown', transaction = 'lost'`;
  const [attempt] = await hub.sql<{ record: string; row: string }[]>`
    select record, external_id as row from attempts where system = 'shop'`;
  await small.edit("erp", `other${made}`, { sku });
  await small.arrive();
  const [held] = await hub.sql<{ item: string; code: string }[]>`
    select id as item, code from quarantine where state = 'held' and kind = 'row'
      and binding = 'shop-product'`;
  expect(held?.code).toBe("ambiguous-match");
  return { record: "", row: "", item: "", ...attempt, ...held };
}

const stateOf = async (record: string) =>
  (await hub.sql`select state from deliveries where record = ${record} and system = 'shop'`)[0]?.[
    "state"
  ];

test("a row that our call seems to have made is given to its record by a person", async () => {
  const { record, row } = await rowInDoubt();
  const act = { binding: "shop-product", externalId: row, record };
  expect(await link(small.acts, act)).toMatchObject({ kind: "linked", record });
  await small.settle();
  expect(await stateOf(record)).toBeUndefined();
});

test("let be by a person, it was not the record's: what is due there is sent again", async () => {
  const { record, item } = await rowInDoubt();
  expect(await stateOf(record)).toBe("sent");
  expect(await dismiss(small.acts, { item, reason: "Another one." })).toEqual({
    kind: "dismissed",
  });
  expect(await stateOf(record)).toBe("due");
});

test("a row that turns out to be another record's under a new key was not made by our call", async () => {
  const ids = ["e-first", "e-second"] as const;
  await small.edit("erp", ids[0], { sku: "G-1", title: "Rope", price: "1" });
  await small.settle();
  await small.edit("erp", ids[1], { sku: "G-2", title: "Cord", price: "1" });
  await small.send();
  // It was never made; what was found by its key is a row that somebody has just given that key.
  await hub.sql`
    update attempts set state = 'unknown', transaction = 'lost', external_id = 'new-key'
    where system = 'shop'`;
  const [second] = await hub.sql<{ record: string }[]>`
    select record from links where system = 'erp' and external_id = ${ids[1]}`;
  const [first] = await hub.sql<{ row: string }[]>`
    select s.external_id as row from links s join links e on e.record = s.record
    where s.system = 'shop' and e.system = 'erp' and e.external_id = ${ids[0]}`;
  for (const [id, { code }] of small.rows("shop")) if (code === "G-2") small.lose("shop", id);
  expect(await stateOf(second?.record ?? "")).toBe("sent");
  await small.rekey("shop", first?.row ?? "", "new-key", {});
  expect(await stateOf(second?.record ?? "")).toBe("due");
  await small.settle();
  const codes = [...small.rows("shop").values()].map(({ code }) => code);
  expect(codes.filter((code) => code === "G-2")).toHaveLength(1);
});
