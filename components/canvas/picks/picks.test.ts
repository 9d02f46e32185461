import { describe, expect, test } from "vitest";
import { applyEdit } from "../../../server/core/map/edits.ts";
import { SHOP_MAP } from "../../../server/core/map/testing/shop-map.ts";
import {
  pickedFields,
  pickedLines,
  picksWords,
  rowsBetween,
  standingPicks,
  toggled,
  unmapping,
  withPicks,
} from "./picks.ts";

const [entity] = SHOP_MAP.entities;
if (entity === undefined) throw new Error("The map for tests has an entity.");
const field = (row: string) => ({ node: "entity", row });
const erp = (row: string) => ({ node: "binding:erp-product", row });
const lines = (...picks: { node: string; row: string }[]) =>
  pickedLines(SHOP_MAP, entity, picks).map(({ binding, edge }) => `${binding}/${edge.id}`);

describe("picking", () => {
  test("again lets go", () => {
    expect(toggled(toggled([], field("sku")), field("sku"))).toEqual([]);
  });

  test("more places keeps each once, in order", () => {
    expect(withPicks([field("sku")], [field("name"), field("sku")])).toEqual([
      ...[field("sku"), field("name")],
    ]);
  });

  test("from a row to another picks what lies between, up or down, in one box", () => {
    const rows = ["sku", "name", "price", "stock"];
    const between = [field("name"), field("price"), field("stock")];
    expect(rowsBetween(rows, field("name"), field("stock"))).toEqual(between);
    expect(rowsBetween(rows, field("stock"), field("name"))).toEqual(between);
    expect(rowsBetween(rows, erp("title"), field("name"))).toEqual([field("name")]);
    expect(rowsBetween(rows, null, field("name"))).toEqual([field("name")]);
  });

  test("what is gone is not picked any more", () => {
    const picks = [field("sku"), field("gone"), erp("title"), { node: "binding:gone", row: "x" }];
    expect(standingPicks(SHOP_MAP, entity, picks)).toEqual([field("sku"), erp("title")]);
  });
});

describe("the lines of what is picked", () => {
  test("are a field's everywhere, a column's own, and all of a box", () => {
    expect(lines(field("name"))).toEqual(["erp-product/name", "shop-product/name"]);
    expect(lines(erp("title"), field("name"))).toEqual(["erp-product/name", "shop-product/name"]);
    expect(lines(erp("header"))).toHaveLength(4);
    expect(lines(erp("colour"))).toEqual([]);
  });

  test("lead to its fields", () => {
    const picks = [erp("stock"), field("sku"), erp("title")];
    expect(pickedFields(SHOP_MAP, entity, picks)).toEqual(["sku", "name", "stock"]);
  });

  test("are taken away, and come back, as one", () => {
    const edit = unmapping(pickedLines(SHOP_MAP, entity, [field("name"), field("price")]));
    const made = edit === null ? null : applyEdit(SHOP_MAP, edit);
    if (made?.ok !== true) throw new Error("It can be made.");
    expect(made.label).toBe("Unmap 4 lines");
    expect(made.document.bindings.flatMap(({ edges }) => edges)).toHaveLength(3);
    const back = applyEdit(made.document, made.inverse);
    expect(back.ok && back.document).toEqual(SHOP_MAP);
  });
});

test("boxes and rows are counted apart", () => {
  expect(picksWords([erp("header"), field("sku"), field("name")])).toBe("1 box and 2 rows");
});
