import { expect, test } from "vitest";
import { SHOP_MAP } from "../../../server/core/map/testing/shop-map.ts";
import { gridRows } from "../grid/grid-rows.ts";
import { WHOLE } from "../lens.ts";
import { placesBetween, placesOfCell } from "./grid-picks.ts";

const [entity] = SHOP_MAP.entities;
if (entity === undefined) throw new Error("The map for tests has an entity.");
const rows = gridRows({ document: SHOP_MAP, entity, schemaOf: () => null, lens: WHOLE });
const grid = { rows, bindings: SHOP_MAP.bindings };
const words = (places: ReturnType<typeof placesOfCell>) =>
  places.map(({ node, row }) => `${node} ${row}`);

test.each([
  [{ row: 1, column: 0 }, ["entity sku"]],
  [{ row: 2, column: 1 }, ["binding:erp-product title"]],
  [{ row: 0, column: 2 }, ["binding:shop-product header"]],
  [{ row: 4, column: 2 }, []],
  [{ row: 0, column: 0 }, []],
])("the cell at %o stands for %o", (at, places) => {
  expect(words(placesOfCell(grid, at))).toEqual(places);
});

test("a rectangle of cells picks what each of them stands for, from either corner", () => {
  const places = ["entity name", "binding:erp-product title"];
  const more = ["entity price", "binding:erp-product price"];
  const [from, to] = [
    { row: 2, column: 0 },
    { row: 3, column: 1 },
  ];
  expect(words(placesBetween(grid, from, to))).toEqual([...places, ...more]);
  expect(words(placesBetween(grid, to, from))).toEqual([...places, ...more]);
});
