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
