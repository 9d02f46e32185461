import { expect, test } from "vitest";
import { SHOP_MAP } from "../../../server/core/map/testing/shop-map.ts";
import { traceEdge } from "../../../server/core/mapping/explain.ts";
import { NOTHING_FLOWS, sampleTitle, sampleView } from "./sample-view.ts";

const [entity] = SHOP_MAP.entities;
if (entity === undefined) throw new Error("The map for tests has an entity.");

const sample = {
  record: "r1",
  hub: { sku: "P-1", name: "Chair" },
  rows: {
    "erp-product": { externalId: "P-1", columns: { sku: "P-1", title: "Chair", price: "12.50" } },
    "shop-product": { externalId: "7", columns: { code: "P-1", price_cents: "1999", left: "3" } },
  },
};

test("every row shows what its system holds, mapped or not", () => {
  const { values } = sampleView(SHOP_MAP, entity, sample, traceEdge);
  expect(values["binding:erp-product"]).toEqual({ sku: "P-1", title: "Chair", price: "12.50" });
  expect(values["binding:shop-product"]).toMatchObject({ left: "3" });
  expect(values["binding:crm-product"]).toBeUndefined();
});

test("a field that the hub does not have yet shows what its owner would tell", () => {
  const { values } = sampleView(SHOP_MAP, entity, sample, traceEdge);
  expect(values["entity"]).toEqual({ sku: "P-1", name: "Chair", price: "12.5", stock: undefined });
});

test("each edge tells how the value goes through its steps", () => {
  const { traces } = sampleView(SHOP_MAP, entity, sample, traceEdge);
  expect(traces["shop-product/price"]).toMatchObject({
    columns: ["1999"],
    steps: [{ in: ["1999"], out: { ok: true, values: ["19.99"] } }],
  });
  expect(traces["shop-product/name"]).toMatchObject({ columns: null, fields: {} });
});

test("a sample is called by its title, else by the id of a row", () => {
  const view = sampleView(SHOP_MAP, entity, sample, traceEdge);
  expect(sampleTitle(entity, view, sample)).toBe("Chair");
  const bare = { ...sample, hub: {}, rows: { "shop-product": sample.rows["shop-product"] } };
  expect(sampleTitle(entity, sampleView(SHOP_MAP, entity, bare, traceEdge), bare)).toBe("7");
});

test("before it is known what steps do, the rows have their values and lines show nothing", () => {
  const { values, traces } = sampleView(SHOP_MAP, entity, sample, NOTHING_FLOWS);
  expect(values["binding:shop-product"]).toMatchObject({ price_cents: "1999" });
  expect(values["entity"]).toMatchObject({ name: "Chair", price: undefined });
  expect(traces["shop-product/price"]).toMatchObject({ columns: null, steps: [] });
});
