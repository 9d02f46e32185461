import { expect, test } from "vitest";
import type { BindingId } from "../core/ids.ts";
import { compileMap } from "../core/plan/compile-map.ts";
import type { DeliveryPlan } from "../core/plan/plan-delivery.ts";
import type { LinkState } from "../core/reconcile/state.ts";
import { withoutReused } from "./give-up-ids.ts";
import { TRIO_MAP, TRIO_SCHEMAS } from "./testing/trio-map.ts";

const MAP = compileMap(1, TRIO_MAP, (system) => TRIO_SCHEMAS[system]?.[0] ?? null);
const rules = MAP.bindings.get("erp-product" as BindingId);

const link = (externalId: string | null) => ({ externalId }) as LinkState;
const planned = (plan: object, externalId: string | null) => ({
  plan: plan as DeliveryPlan,
  rules,
  link: link(externalId),
});

const make = (id: string) => planned({ kind: "create", columns: { id, sku: "S-1" } }, null);
const remove = (id: string) => planned({ kind: "delete", condition: {} }, id);

test("a row is not made in the transaction in which another gives up its id", () => {
  const [gone, made, other] = [remove("e1"), make("e1"), make("e2")];
  expect(withoutReused([made, gone, other])).toEqual([gone, other]);
  const moved = planned({ kind: "update", columns: { id: "e9" } }, "e1");
  expect(withoutReused([moved, made])).toEqual([moved]);
});

test("whatever keeps its id, or gets one from its system, stands in nobody's way", () => {
  const edited = planned({ kind: "update", columns: { sku: "S-2" } }, "e1");
  const given = planned({ kind: "create", columns: { sku: "S-3" } }, null);
  const all = [edited, make("e1"), given, remove("e7")];
  expect(withoutReused(all)).toEqual(all);
});
