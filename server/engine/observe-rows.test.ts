import { expect, test } from "vitest";
import type { BindingId, LinkId, RecordId } from "../core/ids.ts";
import { MapDocument } from "../core/map/document.ts";
import { type BindingRules, compileMap } from "../core/plan/compile-map.ts";
import { asPosition } from "../core/position.ts";
import { attemptKey, rowKey } from "../core/reconcile/world.ts";
import type { Columns } from "../core/values/field-value.ts";
import type { Evidence } from "./evidence.ts";
import type { BoundChange } from "./observe.ts";
import { observeRows } from "./observe-rows.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

const CRM = "crm-product" as BindingId;
const RULES = compileMap(1, TRIO_MAP, () => null).bindings.get(CRM);

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

function changes(rules: BindingRules | undefined, ...rows: Columns[]): BoundChange[] {
  if (rules === undefined) throw new Error("The trio has a binding crm-product.");
  return rows.map((columns, at) => ({
    rules,
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
  const rows = changes(RULES, { id: "c1", sku: "S-1", label: "Rope" }, { id: "c1", label: "Cord" });
  const [, second] = observeRows(rows, NOBODY, false);
  expect(second?.fields).toEqual({ sku: "S-1", name: "Cord" });
  expect(second?.columns).toEqual({ sku: "S-1", label: "Cord" });
});

/** The trio's map, with the CRM's labels that say "old" outside. */
function scopedRules(): BindingRules | undefined {
  const scope = {
    conditions: [{ of: "label", operator: "is-not", values: ["old"] }],
    whenLeft: "stop",
  };
  const bindings = TRIO_MAP.bindings.map((one) => (one.id === CRM ? { ...one, scope } : one));
  return compileMap(1, MapDocument.parse({ ...TRIO_MAP, bindings }), () => null).bindings.get(CRM);
}

test("a row that leaves the scope and comes back at once is told whole, as one that took longer", () => {
  const columns = { sku: "S-1", label: "Rope" };
  const id = "l1" as LinkId;
  const of = { record: "r1" as RecordId, binding: CRM, system: "crm" as never };
  const link = { id, ...of, externalId: "c1", incarnation: 1, state: "live" as const };
  const known = { ...link, columns, bases: {}, position: null };
  const linkAt = new Map([[rowKey(CRM, "c1"), id]]);
  const evidence: Evidence = { ...NOBODY, links: new Map([[id, known]]), linkAt };
  const rows = changes(scopedRules(), { label: "old" }, { label: "Cord" });
  const [left, back] = observeRows(rows, evidence, false);
  expect(left?.outside).toContain("label");
  expect(back?.outside).toBeUndefined();
  expect(back?.fields).toEqual({ sku: "S-1", name: "Cord" });
});

/** The CRM's row c1 as the hub knows it, and the event of a write of ours that carried its name. */
function withOwnWrite(): Evidence {
  const id = "l1" as LinkId;
  const place = { binding: CRM, system: "crm" as never, externalId: "c1" };
  const columns = { sku: "S-1", label: "Rope" };
  const link = { id, record: "r1" as RecordId, ...place, columns, bases: {}, position: null };
  const known = { ...link, incarnation: 1, state: "live" as const };
  const call = { id: "a1" as never, link: id, ...place, operation: "update" as const };
  const attempt = { ...call, transaction: "0", sent: { name: "Rope" }, columns: {} };
  return {
    ...NOBODY,
    links: new Map([[id, known]]),
    linkAt: new Map([[rowKey(CRM, "c1"), id]]),
    attempts: new Map([[attemptKey("0", CRM, "c1"), { ...attempt, state: "open" }]]),
  };
}

test("of our own write what it carried is told, also where the system had it already", () => {
  const rows = changes(RULES, { id: "c1", sku: "S-1", label: "Rope" });
  const [own] = observeRows(rows, withOwnWrite(), false);
  expect(own?.fields).toEqual({ name: "Rope" });
});

test("what a trigger of the target changed beside our write is told with it", () => {
  const rows = changes(RULES, { id: "c1", sku: "S-2", label: "Rope" });
  const [own] = observeRows(rows, withOwnWrite(), false);
  expect(own?.fields).toEqual({ sku: "S-2", name: "Rope" });
});
