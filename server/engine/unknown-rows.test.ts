import { expect, test } from "vitest";
import type { BindingId, RecordId } from "../core/ids.ts";
import { compileMap } from "../core/plan/compile-map.ts";
import { asPosition } from "../core/position.ts";
import { rowKey } from "../core/reconcile/world.ts";
import { unknownRows } from "./evidence.ts";
import type { BoundChange } from "./observe.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

const RULES = compileMap(1, TRIO_MAP, () => null).bindings.get("erp-product" as BindingId);

/** Which of these changes of rows have to be matched; "50>2": row 50 has the id 2 now. */
function unknown(linked: readonly string[], ...told: readonly string[]): string[] {
  if (RULES === undefined) throw new Error("The trio has a binding erp-product.");
  const rules = RULES;
  const rows = told.map((text, at): BoundChange => {
    const [from = "", to = from] = text.replace("-", "").split(">");
    const place = asPosition(`0000000000000001:000000000${at + 1}`);
    const common = { object: "public.products", externalId: to, position: place };
    const of = { ...common, at: null, transaction: "7" };
    if (text.startsWith("-")) return { rules, change: { ...of, kind: "gone" } };
    const moved = from === to ? {} : { previousExternalId: from };
    return { rules, change: { ...of, ...moved, kind: "row", operation: "update", columns: {} } };
  });
  const known = linked.map(
    (id) => [rowKey("erp-product", id), `record ${id}` as RecordId] as const,
  );
  return unknownRows(rows, new Map(known)).map((row) => told[rows.indexOf(row)] ?? "");
}

test("a row without a link has to be matched, one with a link has not", () => {
  expect(unknown(["1"], "1", "2")).toEqual(["2"]);
});

test("an id that was given up is nobody's", () => {
  expect(unknown(["1"], "-1", "1")).toEqual(["1"]);
  expect(unknown(["1"], "1>5", "1")).toEqual(["1>5", "1"]);
});

test("of two that exchange their ids the unknown one has to be matched, wherever it goes", () => {
  expect(unknown(["2"], "50>2", "2>50")).toContain("50>2");
  expect(unknown(["2"], "2>50", "50>2")).toContain("50>2");
});

test("a row that moves on after it took a known one's place has to be matched again", () => {
  expect(unknown(["2", "7"], "50>2", "2>50", "2>7")).toContain("2>7");
});
