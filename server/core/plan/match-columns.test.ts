import { expect, test } from "vitest";
import type { BindingId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { compileMap } from "./compile-map.ts";
import { matchColumns } from "./match-columns.ts";

const field = (id: string, type = "text") => ({ id, name: id, type });

function rulesOf(matchKeys: string[][], edges: object[]) {
  const document = MapDocument.parse({
    format: 1,
    systems: [{ id: "shop", name: "Shop", code: "SH", line: 1 }],
    entities: [
      {
        ...{ id: "thing", name: "Thing", title: "sku", matchKeys },
        fields: [field("sku"), field("kind"), field("name")],
      },
    ],
    bindings: [{ id: "shop-thing", system: "shop", object: "items", entity: "thing", edges }],
  });
  const rules = compileMap(1, document, () => null).bindings.get("shop-thing" as BindingId);
  if (rules === undefined) throw new Error("There is no binding.");
  return rules;
}

const SKU = { id: "sku", columns: ["code"], fields: ["sku"] };
const KIND = { id: "kind", columns: ["sort"], fields: ["kind"] };
const ROW = { code: "A-1", sort: "big", label: "Rope" };

test("each match key is looked for in its own columns, with what is to be written there", () => {
  const rules = rulesOf([["sku", "kind"], ["sku"]], [SKU, KIND]);
  expect(matchColumns(rules, ROW)).toEqual([{ code: "A-1", sort: "big" }, { code: "A-1" }]);
});

test("a key with a blank part names nothing", () => {
  const rules = rulesOf([["sku", "kind"], ["sku"]], [SKU, KIND]);
  expect(matchColumns(rules, { code: "A-1" })).toEqual([{ code: "A-1" }]);
});

test("a key that is not both read and written is not looked for: no row would be matched by it", () => {
  expect(matchColumns(rulesOf([["sku"]], [{ ...SKU, direction: "out" }]), ROW)).toEqual([]);
  expect(matchColumns(rulesOf([["sku"]], [{ ...SKU, direction: "in" }]), ROW)).toEqual([]);
  expect(matchColumns(rulesOf([["sku"]], [KIND]), ROW)).toEqual([]);
});

test("a column that tells more than the key would hide a row that has the key", () => {
  const joined = {
    ...{ id: "both", columns: ["label"], fields: ["sku", "name"] },
    steps: [{ transform: "split-name", settings: {} }],
  };
  expect(matchColumns(rulesOf([["sku"]], [joined]), ROW)).toEqual([]);
  expect(matchColumns(rulesOf([["sku", "name"]], [joined]), ROW)).toEqual([{ label: "Rope" }]);
});
