import { describe, expect, test } from "vitest";
import { createCanvasStore } from "../canvas-state.ts";
import { extendTo, pickTo, setPicks } from "./pick-rows.ts";

const ROWS = ["sku", "name", "price", "stock", "status"];
const field = (row: string) => ({ node: "entity", row });

function opened(active: string) {
  const store = createCanvasStore();
  store.setState({ active: field(active) });
  const rows = () => store.getState().picked.map(({ row }) => row);
  const walk = (from: string, to: string) => {
    extendTo(store, ROWS, { at: field(from), to: field(to) });
    return rows();
  };
  return { store, rows, walk };
}

describe("Shift and a press", () => {
  test("picks from where the keyboard is, and lets go of what is picked", () => {
    const { store, rows } = opened("name");
    pickTo(store, ROWS, field("stock"));
    expect(rows()).toEqual(["name", "price", "stock"]);
    pickTo(store, ROWS, field("price"));
    expect(rows()).toEqual(["name", "stock"]);
    expect(store.getState().spoken).toBe("2 rows chosen.");
  });

  test("on a head picks the box beside what was picked", () => {
    const { store } = opened("name");
    setPicks(store, [field("sku")]);
    pickTo(store, ROWS, field("header"));
    expect(store.getState().spoken).toBe("1 box and 1 row chosen.");
  });
});

describe("Shift and an arrow", () => {
  test("widens the range and narrows it again", () => {
    const { walk } = opened("name");
    expect(walk("name", "price")).toEqual(["name", "price"]);
    expect(walk("price", "stock")).toEqual(["name", "price", "stock"]);
    expect(walk("stock", "price")).toEqual(["name", "price"]);
  });

  test("begins another range where the keyboard went without it, and keeps the first", () => {
    const { store, walk } = opened("sku");
    walk("sku", "name");
    store.setState({ pickRange: null });
    expect(walk("status", "stock")).toEqual(["sku", "name", "stock", "status"]);
  });

  test("from a fold begins at the first row that it comes to", () => {
    const { walk } = opened("sku");
    expect(walk("toggle:key", "sku")).toEqual(["sku"]);
    expect(walk("sku", "name")).toEqual(["sku", "name"]);
  });
});
