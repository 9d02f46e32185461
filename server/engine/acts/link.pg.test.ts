import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hub } from "../../../db/client.ts";
import { verifyAuditChain } from "../../storage/audit.ts";
import { openSmallHub } from "../testing/open-small-hub.ts";
import type { SmallHub } from "../testing/small-hub.ts";
import { link, unlink } from "./link.ts";

let hub: Hub;
let small: SmallHub;
let close: () => Promise<void>;
let made = 0;

beforeAll(async () => {
  ({ hub, small, close } = await openSmallHub());
});

afterAll(async () => {
  expect((await verifyAuditChain(hub.sql)).problems).toEqual([]);
  await close();
});

/** A product known in all three systems. */
async function product(title: string): Promise<{ record: string; erp: string; shop: string }> {
  made += 1;
  const sku = `S-${made}`;
  await small.edit("erp", `e${made}`, { sku, title, price: "9.5", stock: "4" });
  await small.settle();
  const shop = [...small.rows("shop")].find(([, row]) => row["code"] === sku)?.[0] ?? "";
  return { record: await recordOf("erp-product", `e${made}`), erp: `e${made}`, shop };
}

async function recordOf(binding: string, externalId: string): Promise<string> {
  const [row] = await hub.sql<{ record: string }[]>`
    select record from links
    where binding = ${binding} and external_id = ${externalId} and state = 'live'`;
  return row?.record ?? "";
}

const open = (record: string) =>
  hub.sql`select field from conflicts where record = ${record} and state = 'open'`;

describe("unlink", () => {
  test("the record keeps its other rows, the row becomes one of its own and stays apart", async () => {
    const { record, shop } = await product("Rope");
    const outcome = await unlink(small.acts, { binding: "shop-product", externalId: shop });
    expect(outcome).toMatchObject({ kind: "unlinked", from: record });
    const own = await recordOf("shop-product", shop);
    expect(own).not.toBe(record);
    expect(outcome).toMatchObject({ record: own });
    // A later edit of the parted row is an edit of its own record alone.
    await small.edit("shop", shop, { name: "Rope, parted" });
    await small.settle();
    const names = await hub.sql`
      select id, values->'name'->>'v' as name from records
      where id in (${record}, ${own}) order by id`;
    expect(names.map(({ name }) => name)).toEqual(["Rope", "Rope, parted"]);
    const lines = await hub.sql`
      select kind from audit_entries where stream = 'people' and record in (${record}, ${own})`;
    expect(lines.map(({ kind }) => kind).sort()).toEqual(["created", "unlinked"]);
  });

  test("a record's only row is not parted from it", async () => {
    const { record, erp, shop } = await product("Bolt");
    const crm = await hub.sql<{ id: string }[]>`
      select external_id as id from links where record = ${record} and binding = 'crm-product'`;
    await unlink(small.acts, { binding: "shop-product", externalId: shop });
    await unlink(small.acts, { binding: "crm-product", externalId: crm[0]?.id ?? "" });
    expect(await unlink(small.acts, { binding: "erp-product", externalId: erp })).toEqual({
      kind: "only-row",
    });
  });

  test("while a write to the row is on its way it is left alone", async () => {
    const { erp, shop } = await product("Cord");
    await small.edit("erp", erp, { title: "Cord, new" });
    await small.send();
    expect(await unlink(small.acts, { binding: "shop-product", externalId: shop })).toEqual({
      kind: "busy",
    });
  });

  test("what is not there is named", async () => {
    expect(await unlink(small.acts, { binding: "nowhere", externalId: "1" })).toEqual({
      kind: "unknown",
      what: "binding",
    });
    expect(await unlink(small.acts, { binding: "erp-product", externalId: "none" })).toEqual({
      kind: "unknown",
      what: "row",
    });
  });
});

describe("link", () => {
  test("a row that was parted is joined again, as first contact: what differs is asked", async () => {
    const { record, shop } = await product("Rope");
    await unlink(small.acts, { binding: "shop-product", externalId: shop });
    await small.edit("shop", shop, { name: "Rope, parted" });
    const outcome = await link(small.acts, {
      binding: "shop-product",
      externalId: shop,
      record,
    });
    expect(outcome).toMatchObject({ kind: "linked", record });
    expect(await recordOf("shop-product", shop)).toBe(record);
    expect(await open(record)).toMatchObject([{ field: "name" }]);
  });

  test("a record that had no other row was never one of its own", async () => {
    const { record } = await product("Anchor");
    await small.edit("crm", "c-twin", { sku: "OTHER", label: "Anchor, twin" });
    const twin = await recordOf("crm-product", "c-twin");
    const [own] = await hub.sql<{ id: string }[]>`
      select external_id as id from links
      where record = ${record} and binding = 'crm-product' and state = 'live'`;
    const act = { binding: "crm-product", externalId: "c-twin", record };
    expect(await link(small.acts, act)).toEqual({ kind: "taken", externalId: own?.id });
    await unlink(small.acts, { binding: "crm-product", externalId: own?.id ?? "" });
    expect(await link(small.acts, act)).toMatchObject({ kind: "linked" });
    const [state] = await hub.sql`select deleted_at from records where id = ${twin}`;
    expect(state?.["deleted_at"]).not.toBeNull();
    expect(await link(small.acts, act)).toEqual({ kind: "already" });
  });

  test("a row that waits because it matches several records goes to the one that is named", async () => {
    const first = await product("Pulley");
    const sku = `S-${made}`;
    await unlink(small.acts, { binding: "shop-product", externalId: first.shop });
    // Two records hold the key now: the next row of that key is a question.
    await small.remove("crm", String([...small.rows("crm").keys()].at(-1)));
    await small.edit("crm", "c-new", { sku, label: "Pulley" });
    const held = await hub.sql`
      select id, kind, code from quarantine where external_id = 'c-new' and state = 'held'`;
    expect(held).toMatchObject([{ kind: "row", code: "ambiguous-match" }]);
    expect(
      await link(small.acts, {
        binding: "crm-product",
        externalId: "c-new",
        record: first.record,
      }),
    ).toMatchObject({ kind: "linked" });
    const [item] = await hub.sql`select state from quarantine where external_id = 'c-new'`;
    expect(item?.["state"]).toBe("resolved");
  });

  test("a record that is not there is refused", async () => {
    const { shop } = await product("Hook");
    const record = "00000000-0000-7000-8000-000000000000";
    expect(await link(small.acts, { binding: "shop-product", externalId: shop, record })).toEqual({
      kind: "unknown",
      what: "record",
    });
  });
});
