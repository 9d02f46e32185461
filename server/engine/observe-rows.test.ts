import { expect, test } from "vitest";
import type { BindingId } from "../core/ids.ts";
import { compileMap } from "../core/plan/compile-map.ts";
import { asPosition } from "../core/position.ts";
import type { Columns } from "../core/values/field-value.ts";
import type { Evidence } from "./evidence.ts";
import type { BoundChange } from "./observe.ts";
import { observeRows } from "./observe-rows.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

const RULES = compileMap(1, TRIO_MAP, () => null).bindings.get("crm-product" as BindingId);

const NOBODY: Evidence = {
  records: new Map(),
  links: new Map(),
  linksOf: new Map(),
  linkAt: new Map(),
  incarnations: new Map(),
  conflicts: new Map(),
  held: new Map(),
  attempts: new Map(),
  keyHolders: new Map(),
};

function changes(...rows: Columns[]): BoundChange[] {
  if (RULES === undefined) throw new Error("The trio has a binding crm-product.");
  return rows.map((columns, at) => ({
    rules: RULES,
    change: {
      kind: "row",
      object: "public.offers",
      externalId: "c1",
      columns,
      operation: at === 0 ? "insert" : "update",
      position: asPosition(`000000000000000${at + 1}:0000000001`),
      at: null,
      transaction: String(at),
    },
  }));
}

test("a row that nobody has is told whole each time, for it may still wait to be matched", () => {
  const rows = changes({ id: "c1", sku: "S-1", label: "Rope" }, { id: "c1", label: "Cord" });
  const [, second] = observeRows(rows, NOBODY, false);
  expect(second?.fields).toEqual({ sku: "S-1", name: "Cord" });
  expect(second?.columns).toEqual({ sku: "S-1", label: "Cord" });
});
