import { afterEach, beforeEach, expect, test } from "vitest";
import type { Hub } from "../../db/client.ts";
import { MapDocument, type Severity } from "../core/map/document.ts";
import { publishDocument } from "./acts/publish.ts";
import { replay } from "./acts/quarantine.ts";
import { setValue } from "./acts/set-value.ts";
import { openSmallHub } from "./testing/open-small-hub.ts";
import type { SmallHub } from "./testing/small-hub.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

let opened: Awaited<ReturnType<typeof openSmallHub>>;
let hub: Hub;
let small: SmallHub;

beforeEach(async () => {
  opened = await openSmallHub();
  ({ hub, small } = opened);
});
afterEach(() => opened.close());

/** No two products have one name. */
function withUniqueNames(severity: Severity = "field"): MapDocument {
  const entities = TRIO_MAP.entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) =>
      field.id === "name" ? { ...field, validation: [{ kind: "unique", severity }] } : field,
    ),
  }));
  return MapDocument.parse({ ...TRIO_MAP, entities });
}

const names = async () => {
  const rows = await hub.sql<{ name: string | null }[]>`
    select values -> 'name' ->> 'v' as name from records where deleted_at is null
    order by values -> 'sku' ->> 'v'`;
  return rows.map(({ name }) => name);
};

const held = async () =>
  await hub.sql<{ id: string; code: string; message: string }[]>`
    select id, code, message from quarantine where state = 'held'`;

const recordOf = async (sku: string) => {
  const [row] = await hub.sql<{ id: string }[]>`
    select id from records where values -> 'sku' ->> 'v' = ${sku}`;
  return row?.id ?? "";
};

const labels = () => [...small.rows("crm").values()].map((row) => row["label"]).sort();

/** Rope is A's; B wants to be called so too. */
async function twoRopes(): Promise<void> {
  await small.publish(withUniqueNames());
  await small.edit("shop", "s1", { code: "A", name: "Rope" });
  await small.edit("shop", "s2", { code: "B", name: "Net" });
  await small.settle();
  await small.edit("shop", "s2", { name: "Rope", price_cents: "900" });
  await small.settle();
}

test("a taken value waits alone, and goes on when a row gives it up", async () => {
  await twoRopes();
  expect(await names()).toEqual(["Rope", "Net"]);
  expect(await held()).toMatchObject([
    { code: "unique", message: 'Another record has "Rope" already.' },
  ]);
  expect(labels()).toEqual(["Net", "Rope"]);
  await small.edit("shop", "s1", { name: "Cable" });
  await small.settle();
  expect(await held()).toEqual([]);
  expect(await names()).toEqual(["Cable", "Rope"]);
  expect(labels()).toEqual(["Cable", "Rope"]);
});

test("it goes on when its holder is deleted, and when a person gives the value up", async () => {
  await twoRopes();
  const record = await recordOf("A");
  const set = await setValue(small.acts, { record, field: "name", value: "Chain" });
  expect(set).toMatchObject({ kind: "set" });
  await small.settle();
  expect(await names()).toEqual(["Chain", "Rope"]);
  await small.edit("shop", "s1", { name: "Rope" });
  expect(await held()).toMatchObject([{ code: "unique" }]);
  await small.remove("shop", "s2");
  await small.settle();
  expect(await held()).toEqual([]);
  expect(await names()).toEqual(["Rope"]);
});

test("a person cannot take it either, nor does trying again help", async () => {
  await twoRopes();
  const record = await recordOf("B");
  const set = await setValue(small.acts, { record, field: "name", value: "Rope" });
  expect(set).toMatchObject({ kind: "invalid", code: "unique" });
  const [item] = await held();
  const again = await replay(small.acts, { item: item?.id ?? "" });
  expect(again).toMatchObject({ kind: "held", code: "unique" });
  expect(await names()).toEqual(["Rope", "Net"]);
});

test("published for records that are there already, it holds for what comes from then on", async () => {
  await small.edit("shop", "s1", { code: "A", name: "Rope" });
  await small.edit("shop", "s2", { code: "B", name: "Net" });
  await small.settle();
  const publishing = {
    document: withUniqueNames(),
    note: "One name each",
    acknowledged: "all" as const,
  };
  expect(await publishDocument(small.acts, publishing)).toMatchObject({
    kind: "published",
  });
  await small.publish(withUniqueNames());
  await small.edit("shop", "s2", { name: "Rope" });
  expect(await held()).toMatchObject([{ code: "unique" }]);
});

test("two new rows in one batch: the first has the value, both are made", async () => {
  await small.publish(withUniqueNames());
  const rows = { s1: { code: "A", name: "Rope" }, s2: { code: "B", name: "Rope" } };
  await small.editAll("shop", rows);
  await small.settle();
  expect(await names()).toEqual(["Rope", null]);
  expect(small.rows("crm").size).toBe(2);
});

test("with a warning it is taken, and a line says so", async () => {
  await small.publish(withUniqueNames("warn"));
  const rows = { s1: { code: "A", name: "Rope" }, s2: { code: "B", name: "Rope" } };
  await small.editAll("shop", rows);
  expect(await names()).toEqual(["Rope", "Rope"]);
  const lines = await hub.sql`select 1 from audit_entries where kind = 'warned'`;
  expect(lines.length).toBe(1);
});
