import { afterEach, beforeEach, expect, test } from "vitest";
import { type Hub, openHub } from "../../db/client.ts";
import { MapDocument, type Scope } from "../core/map/document.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { resolveConflict } from "./acts/resolve-conflict.ts";
import { createSmallHub, type SmallHub } from "./testing/small-hub.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

let database: TestDatabase;
let hub: Hub;
let small: SmallHub;

beforeEach(async () => {
  database = await createTestDatabase();
  hub = openHub(database.url, 4);
  small = await createSmallHub(hub);
});

afterEach(async () => {
  await hub.close();
  await database.drop();
});

/** The offers of CRM are synced while their label is not "internal". */
const SCOPE: Scope = {
  match: "all",
  conditions: [{ of: "label", operator: "is-not", values: ["internal"] }],
  whenLeft: "stop",
};

function withScope(scope: Scope | undefined): MapDocument {
  const bindings = TRIO_MAP.bindings.map((binding) =>
    binding.system === "crm" ? { ...binding, scope } : binding,
  );
  return MapDocument.parse({ ...TRIO_MAP, bindings });
}

const crmLinks = async () =>
  (await hub.sql`select state, external_id as id from links where system = 'crm' order by id`).map(
    ({ state, id }) => `${id} ${state}`,
  );

const shopNames = () => [...small.rows("shop").values()].map((row) => row["name"]).sort();
const crmLabels = () => [...small.rows("crm").values()].map((row) => row["label"]).sort();

/** One product in all three systems. */
async function agree(): Promise<string> {
  await small.edit("shop", "s1", { code: "S-1", name: "Rope", price_cents: "100" });
  await small.settle();
  return [...small.rows("crm").keys()][0] ?? "";
}

test("a row that leaves is left alone until it comes back, and then merged with its base", async () => {
  await small.publish(withScope(SCOPE));
  const id = await agree();
  await small.edit("crm", id, { label: "internal" });
  await small.edit("shop", "s1", { name: "Strong rope" });
  await small.settle();
  expect(crmLabels()).toEqual(["internal"]);
  expect(await crmLinks()).toEqual([`${id} left`]);
  expect((await hub.sql`select 1 from deliveries`).length).toBe(0);
  await small.edit("crm", id, { label: "Rope" });
  await small.settle();
  // Its name is as it was when it left: what the hub has become meanwhile is brought to it.
  expect(crmLabels()).toEqual(["Strong rope"]);
  expect(await crmLinks()).toEqual([`${id} live`]);
});

test("put away instead of deleted, and brought back when a person keeps the record", async () => {
  const archive = { column: "label", value: "gone", back: "back" };
  const bindings = TRIO_MAP.bindings.map((binding) =>
    binding.system === "crm"
      ? {
          ...{ ...binding, whenRecordDeleted: "archive", archive },
          edges: binding.edges.filter(({ id }) => id !== "name"),
        }
      : { ...binding, whenRecordDeleted: binding.system === "erp" ? "leave" : "delete" },
  );
  await small.publish(MapDocument.parse({ ...TRIO_MAP, bindings }));
  const id = await agree();
  await small.remove("shop", "s1");
  await small.settle();
  expect(crmLabels()).toEqual(["gone"]);
  expect(await crmLinks()).toEqual([`${id} archived`]);
  await small.readWhole("crm", true);
  await small.settle();
  expect((await hub.sql`select 1 from records`).length).toBe(1);
  await small.edit("erp", [...small.rows("erp").keys()][0] ?? "", { title: "Cable" });
  const [asked] = await hub.sql`select id, revision from conflicts where state = 'open'`;
  const { id: conflict, revision } = asked ?? {};
  await resolveConflict(small.acts, { conflict, revision, choice: { kind: "keep" } });
  await small.settle();
  expect(crmLabels()).toEqual(["back"]);
  expect(await crmLinks()).toEqual([`${id} live`]);
  const kinds = await hub.sql`
    select kind from audit_entries where kind like 'row-%ed' and system = 'crm' order by at, number`;
  expect(kinds.map(({ kind }) => kind)).toEqual(["row-created", "row-archived", "row-restored"]);
});

test("an unseen step outside refuses our write: nothing is touched there", async () => {
  await small.publish(withScope(SCOPE));
  const id = await agree();
  const row = small.rows("crm").get(id) ?? {};
  (small.rows("crm") as Map<string, object>).set(id, { ...row, label: "internal" });
  await small.edit("erp", [...small.rows("erp").keys()][0] ?? "", { title: "Cable" });
  await small.send();
  expect(crmLabels()).toEqual(["internal"]);
});

test("rows outside are no records, and are no absence in a whole read", async () => {
  await small.publish(withScope(SCOPE));
  const id = await agree();
  await small.edit("crm", "c9", { sku: "X-9", label: "internal" });
  await small.edit("crm", id, { label: "internal" });
  await small.readWhole("crm", true);
  await small.settle();
  expect((await hub.sql`select 1 from records where deleted_at is null`).length).toBe(1);
  expect(shopNames()).toEqual(["Rope"]);
  expect((await hub.sql`select 1 from unmatched_rows`).length).toBe(0);
  await small.remove("crm", id);
  await small.settle();
  expect(await crmLinks()).toEqual([`${id} gone`]);
  expect(shopNames()).toEqual(["Rope"]);
});

test("no whole read takes rows for gone that a published scope leaves out; an event does", async () => {
  const id = await agree();
  const shop = TRIO_MAP.bindings.map((binding) =>
    binding.system === "shop"
      ? {
          ...binding,
          scope: {
            match: "all" as const,
            conditions: [{ of: "price_cents", operator: "above" as const, values: ["500"] }],
            whenLeft: "gone" as const,
          },
        }
      : binding,
  );
  await small.publish(MapDocument.parse({ ...TRIO_MAP, bindings: shop }));
  await small.readWhole("shop", true);
  await small.settle();
  expect(crmLabels()).toEqual(["Rope"]);
  await small.edit("shop", "s1", { price_cents: "900" });
  await small.settle();
  await small.edit("shop", "s1", { price_cents: "400" });
  await small.settle();
  expect(small.rows("crm").has(id)).toBe(false);
  expect(small.rows("shop").has("s1")).toBe(true);
});

test("a scope that is published later parts rows; taken away, they are found again", async () => {
  const id = await agree();
  const rope = small.rows("crm").get(id);
  await small.edit("crm", "c9", { sku: "X-9", label: "Net" });
  await small.settle();
  const ropes = { of: "sku", operator: "is-not" as const, values: ["S-1"] };
  await small.publish(withScope({ ...SCOPE, conditions: [ropes] }));
  await small.readWhole("crm", true);
  await small.settle();
  expect(await crmLinks()).toContain(`${id} left`);
  expect(small.rows("crm").get(id)).toEqual(rope);
  await small.edit("shop", "s1", { name: "Strong rope" });
  await small.settle();
  await small.publish(withScope(undefined));
  await small.readWhole("crm", true);
  await small.settle();
  expect((await crmLinks()).filter((link) => !link.endsWith("live"))).toEqual([]);
  expect(crmLabels()).toEqual(["Net", "Strong rope"]);
  expect((await hub.sql`select 1 from records`).length).toBe(2);
});
