import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hub } from "../../db/client.ts";
import { MapDocument } from "../core/map/document.ts";
import { publishDocument } from "./acts/publish.ts";
import { openSmallHub } from "./testing/open-small-hub.ts";
import type { SmallHub } from "./testing/small-hub.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

let hub: Hub;
let small: SmallHub;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ hub, small, close } = await openSmallHub());
});

afterAll(async () => {
  await close();
});

async function recordOf(binding: string, externalId: string): Promise<string> {
  const [row] = await hub.sql<{ record: string }[]>`
    select record from links
    where binding = ${binding} and external_id = ${externalId} and state = 'live'`;
  return row?.record ?? "none";
}

const idOf = (system: string, column: string, sku: string) =>
  [...small.rows(system)].find(([, row]) => row[column] === sku)?.[0] ?? "none";

/** The trio's map with another way to compare SKUs as keys. */
function mapWith(key: object): MapDocument {
  const document = structuredClone(TRIO_MAP) as MapDocument;
  const entities = document.entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) => (field.id === "sku" ? { ...field, options: key } : field)),
  }));
  return MapDocument.parse({ ...document, entities });
}

async function publish(document: MapDocument): Promise<void> {
  const act = { document, note: "", acknowledged: "all" as const };
  expect(await publishDocument(small.acts, act)).toMatchObject({ kind: "published" });
  await small.publish(document);
}

describe("match keys", () => {
  test("edited after linking: the link stays, and the old key leads nowhere", async () => {
    await small.edit("erp", "e1", { sku: "A-1", title: "Rope", price: "1", stock: "1" });
    await small.settle();
    const record = await recordOf("erp-product", "e1");
    const shop = idOf("shop", "code", "A-1");
    await small.edit("erp", "e1", { sku: "A-9" });
    await small.settle();
    expect(await recordOf("shop-product", shop)).toBe(record);
    expect(small.rows("shop").get(shop)).toMatchObject({ code: "A-9" });
    await small.edit("crm", "c-old", { sku: "A-1", label: "Rope" });
    expect(await recordOf("crm-product", "c-old")).not.toBe(record);
  });

  test("ids that differ in case only are two rows", async () => {
    await small.edit("erp", "x7", { sku: "X-7", title: "Small", price: "1", stock: "1" });
    await small.edit("erp", "X7", { sku: "X-8", title: "Large", price: "1", stock: "1" });
    expect(await recordOf("erp-product", "x7")).not.toBe(await recordOf("erp-product", "X7"));
    await small.edit("erp", "X7", { title: "Larger" });
    const [name] = await hub.sql`
      select values->'name'->>'v' as name from records
      where id = ${await recordOf("erp-product", "x7")}`;
    expect(name?.["name"]).toBe("Small");
  });

  test("compared otherwise by a new version, records are found under their new keys", async () => {
    await small.edit("erp", "e5", { sku: "Ab-12/é", title: "Cord", price: "1", stock: "1" });
    await small.settle();
    const record = await recordOf("erp-product", "e5");
    await small.remove("crm", idOf("crm", "sku", "Ab-12/é"));
    await small.edit("crm", "c-before", { sku: "AB 12 E", label: "Cord" });
    expect(await recordOf("crm-product", "c-before")).not.toBe(record);
    await small.remove("crm", "c-before");
    await hub.sql`
      update records set deleted_at = now() where id <> ${record}
        and values->'sku'->>'v' = 'AB 12 E'`;
    const key = { ignoreCase: true, ignoreAccents: true, only: "letters-and-digits" };
    await publish(mapWith({ key }));
    await small.edit("crm", "c-after", { sku: "AB 12 E", label: "Cord" });
    expect(await recordOf("crm-product", "c-after")).toBe(record);
    // The value itself is compared to the letter as before, and asked about.
    const asked = await hub.sql`
      select field from conflicts where record = ${record} and state = 'open' and kind = 'field'`;
    expect(asked).toMatchObject([{ field: "sku" }]);
    await publish(TRIO_MAP);
    await small.remove("crm", "c-after");
    await small.edit("crm", "c-exact", { sku: "AB 12 E", label: "Cord" });
    expect(await recordOf("crm-product", "c-exact")).not.toBe(record);
  });

  test("a row that came to be asked about is not matched by what it was before", async () => {
    const bindings = TRIO_MAP.bindings.map((binding) =>
      binding.id === "crm-product" ? { ...binding, createsRecords: false } : binding,
    );
    await publish(MapDocument.parse({ ...TRIO_MAP, bindings }));
    await small.edit("crm", "c-first", { sku: "N-8", label: "Rope" });
    await small.edit("erp", "e-second", { sku: "N-2", title: "Cord", price: "1" });
    await small.edit("crm", "c-second", { sku: "N-2", label: "Cord" });
    await small.edit("crm", "c-first", { sku: "N-2" });
    // Now the record has the key that the row had when nobody had it.
    await small.edit("erp", "e-second", { sku: "N-8" });
    const held = await hub.sql`
      select code, columns->>'sku' as sku from quarantine
      where external_id = 'c-first' and state = 'held'`;
    expect(held).toEqual([{ code: "ambiguous-match", sku: "N-2" }]);
  });
});
