import { describe, expect, test } from "vitest";
import type { MapDocument } from "../../server/core/map/document.ts";
import { groupEdit } from "../../server/core/map/edits/groups.ts";
import { dimensionEdit, splitEdit } from "../../server/core/map/edits/splits.ts";
import { applyEdit } from "../../server/core/map/edits.ts";
import { LANGUAGE } from "../../server/core/map/testing/language.ts";
import { SHOP_MAP } from "../../server/core/map/testing/shop-map.ts";
import { anchorsOf, layOutBox } from "./box-items.ts";
import { entityRows, togetherFold } from "./entity-rows.ts";

function named(): MapDocument {
  const made = applyEdit(SHOP_MAP, dimensionEdit(SHOP_MAP, LANGUAGE));
  const [entity] = SHOP_MAP.entities;
  if (!made.ok || entity === undefined) throw new Error("The map has an entity.");
  const to = {
    ...{ name: "Name", per: "language", type: "text" as const },
    ...{ options: { trim: true }, policy: { kind: "review" as const }, validation: [] },
  };
  const change = { split: "name", to, adopted: { en: "name" } };
  const split = applyEdit(made.document, splitEdit(made.document, entity, change));
  if (!split.ok) throw new Error(split.refusal.message);
  return split.document;
}

const boxOf = (open: string[]) => {
  const document = named();
  const [entity] = document.entities;
  if (entity === undefined) throw new Error("The map has an entity.");
  return layOutBox(entityRows(document, null, entity), new Set(open));
};

const labels = (items: ReturnType<typeof boxOf>["items"]) =>
  items.map((item) => (item.kind === "row" ? item.row.label : `[${item.label}]`));

test("a field per language is one that opens, between the others, and begins open", () => {
  expect(labels(boxOf([]).items)).toEqual([
    ...["SKU", "[Name · per Language]", "English", "German", "Price", "Stock"],
  ]);
});

test("closed, the lines of its languages end at it", () => {
  const { items } = boxOf(["split:name"]);
  expect(labels(items)).toEqual(["SKU", "[Name · per Language]", "Price", "Stock"]);
  const anchors = anchorsOf(items);
  expect(anchors.get("name")).toBe(anchors.get("name-de"));
});

describe("fields that are decided together", () => {
  const [product] = SHOP_MAP.entities;
  if (product === undefined) throw new Error("The map has an entity.");
  const to = { name: "Value", fields: ["sku", "price"], policy: { kind: "review" as const } };
  const made = applyEdit(SHOP_MAP, groupEdit(product, { group: "value", to }));
  if (!made.ok) throw new Error(made.refusal.message);
  const { document } = made;
  const [entity] = document.entities;
  if (entity === undefined) throw new Error("The map has an entity.");
  const itemsOf = (open: string[], unmappedOnly = false) =>
    layOutBox(entityRows(document, null, entity, unmappedOnly), new Set(open)).items;

  test("stand together under one row, at the place of the first", () => {
    expect(labels(itemsOf([]))).toEqual(["[Value · 2 fields]", "SKU", "Price", "Name", "Stock"]);
  });

  test("are that one row when it is closed, and their lines end at it", () => {
    const items = itemsOf([togetherFold("value")]);
    expect(labels(items)).toEqual(["[Value · 2 fields]", "Name", "Stock"]);
    const anchors = anchorsOf(items);
    expect(anchors.get("sku")).toBe(anchors.get("price"));
  });

  test("are not shown where only what some object lacks is", () => {
    expect(labels(itemsOf([], true))).toEqual(["Stock"]);
  });
});
