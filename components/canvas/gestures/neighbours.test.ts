import { describe, expect, test } from "vitest";
import { SHOP_MAP } from "../../../server/core/map/testing/shop-map.ts";
import { NO_FACTS } from "../flow-types.ts";
import { toFlow } from "../to-flow.ts";
import { findRow, firstPlace, type Move, neighbour, standing, wiresOf } from "./neighbours.ts";

const [entity] = SHOP_MAP.entities;
if (entity === undefined) throw new Error("The map for tests has an entity.");
const { nodes } = toFlow({
  ...{ document: SHOP_MAP, live: null, entity, schemaOf: () => null, facts: NO_FACTS },
  ...{
    problems: new Map(),
    open: new Set(),
    suggested: new Set(),
    unmappedOnly: false,
    arrangement: null,
    moved: new Map(),
    level: "rows",
  },
});
const wires = wiresOf(SHOP_MAP.bindings);

const go = (place: string, move: Move) => {
  const [node = "", row = ""] = place.split(" ");
  const to = neighbour(nodes, wires, { node, row }, move);
  return to === null ? "nowhere" : `${to.node} ${to.row}`;
};
const [ERP, SHOP] = ["binding:erp-product", "binding:shop-product"];

describe("a key leads", () => {
  test.each<readonly [string, Move, string]>([
    ["entity sku", "down", "entity name"],
    ["entity sku", "up", "entity header"],
    ["entity sku", "last", "entity stock"],
    ["entity stock", "first", "entity header"],
    ["entity header", "up", "nowhere"],
    ["entity header", "left", `${ERP} header`],
    [`${ERP} title`, "right", "entity name"],
    ["entity name", "left", `${ERP} title`],
    ["entity price", "right", `${SHOP} price_cents`],
    [`${SHOP} price_cents`, "left", "entity price"],
    ["entity stock", "right", `${SHOP} price_cents`],
    [`${ERP} sku`, "left", "nowhere"],
    ["entity price", "box-after", `${SHOP} header`],
    ["entity price", "box-before", `${ERP} header`],
  ])("from %s %s to %s", (from, move, to) => {
    expect(go(from, move)).toBe(to);
  });
});

test("typing finds the next row that begins so, and more letters stay at it", () => {
  const at = { node: "entity", row: "sku" };
  expect(findRow(nodes, at, "s")?.row).toBe("stock");
  expect(findRow(nodes, at, "sk")?.row).toBe("sku");
  expect(findRow(nodes, at, "pr")?.row).toBe("price");
  expect(findRow(nodes, at, "z")).toBeNull();
});

test("where a row is hidden the keyboard stands at the head of its box", () => {
  const header = { node: ERP, row: "header" };
  expect(standing(nodes, { node: ERP, row: "title" })?.row).toBe("title");
  expect(standing(nodes, { node: ERP, row: "colour" })).toEqual(header);
  expect(standing(nodes, { node: "binding:gone", row: "title" })).toBeNull();
});

test("the keyboard begins at the first field", () => {
  expect(firstPlace(nodes)).toEqual({ node: "entity", row: "sku" });
});
