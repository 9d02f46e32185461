import { describe, expect, test } from "vitest";
import { SHOP_MAP } from "../../core/map/testing/shop-map.ts";
import { SHOP_SCHEMAS } from "../../core/map/testing/shop-schemas.ts";
import { NOBODY } from "../../core/mapping/refer.ts";
import { type BindingRules, compileMap } from "../../core/plan/compile-map.ts";
import type { Base } from "../../core/reconcile/state.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import type { LinkedRow, StandingField } from "../../storage/screens/command-line-verify.ts";
import { compareRow } from "./compare-row.ts";

const compiled = compileMap(1, SHOP_MAP, (system, object) => {
  return SHOP_SCHEMAS[system]?.find((schema) => schema.name === object) ?? null;
});

function rulesOf(binding: string, change: Partial<BindingRules["binding"]> = {}): BindingRules {
  const rules = [...compiled.bindings.values()].find((one) => one.binding.id === binding);
  if (rules === undefined) throw new Error(`The test's map has no binding ${binding}.`);
  return { ...rules, binding: { ...rules.binding, ...change } };
}

const COLUMNS = { code: "A-1", name: "Lamp", price_cents: "1999" };
const HUB = { sku: "A-1", name: "Lamp", price: "19.99" };

function linked(
  hub: Record<string, FieldValue>,
  bases: Record<string, Base> = {},
  changes: Partial<LinkedRow> = {},
): LinkedRow {
  const at = "2026-11-23T00:00:00Z";
  const values = Object.entries(hub).map(([field, v]) => [
    field,
    { v, by: "system:erp" as const, at },
  ]);
  return {
    ...{ link: "l" as LinkedRow["link"], record: "r" as LinkedRow["record"], externalId: "A-1" },
    ...{
      values: Object.fromEntries(values),
      bases,
      deletedAt: null,
      isLeft: false,
      delivery: null,
    },
    ...changes,
  };
}

/** "price adjusted", only of what is not equal. */
function differences(
  row: LinkedRow,
  standing: StandingField[] = [],
  rules = rulesOf("shop-product"),
): string[] {
  return compareRow(rules, COLUMNS, row, standing, NOBODY).flatMap(({ field, verdict }) => {
    if (verdict.kind === "equal") return [];
    return [`${field} ${verdict.kind === "explained" ? verdict.reason : verdict.detail}`];
  });
}

describe("a row and its record", () => {
  const other = { ...HUB, price: "25" };
  const known = { price: { s: "19.99" } };
  const standing = (why: "held" | "quarantined", field: string | null): StandingField => ({
    ...{ record: "r" as LinkedRow["record"], link: null, field, why },
  });

  test.each<[string, LinkedRow, StandingField[], string[]]>([
    ["are equal by meaning", linked(HUB), [], []],
    ["a question is open", linked(other, known), [standing("held", "price")], ["price held"]],
    [
      "a question about another field",
      linked(other, known),
      [standing("held", "name")],
      ['price The system has "19.99", the hub "25"; last accounted for: "19.99".'],
    ],
    ["it is held", linked(other), [standing("quarantined", "price")], ["price quarantined"]],
    [
      "it is kept apart",
      linked(other, { price: { s: "19.99", apart: true } }),
      [],
      ["price kept-apart"],
    ],
    [
      "the target adjusted it",
      linked(other, { price: { s: "19.99", g: "25" } }),
      [],
      ["price adjusted"],
    ],
    ["it is due", linked(other, known, { delivery: "due" }), [], ["price due"]],
    [
      "its delivery is parked",
      linked(other, known, { delivery: "parked" }),
      [],
      ["price quarantined"],
    ],
    [
      "an edit that is not read is not explained by work that is due",
      linked(other, { price: { s: "18" } }, { delivery: "due" }),
      [],
      ['price The system has "19.99", the hub "25"; last accounted for: "18".'],
    ],
    [
      "the adjustment is of another value",
      linked(other, { price: { s: "19.99", g: "24" } }),
      [],
      ['price The system has "19.99", the hub "25"; last accounted for: "19.99".'],
    ],
    [
      "nothing is known of it",
      linked(other),
      [],
      ['price The system has "19.99", the hub "25"; last accounted for: nothing.'],
    ],
    [
      "the record is deleted, its row is due",
      linked(
        HUB,
        {},
        {
          ...{ deletedAt: "2026-11-23T00:00:00Z", delivery: "due" },
        },
      ),
      [],
      [" due"],
    ],
    [
      "the record is deleted and nobody does anything",
      linked(
        HUB,
        {},
        {
          deletedAt: "2026-11-23T00:00:00Z",
        },
      ),
      [],
      [" The record is deleted, and its row is still there."],
    ],
  ])("%s", (_what, row, stands, expected) => {
    expect(differences(row, stands)).toEqual(expected);
  });

  test("a row that the map leaves alone stays when its record is deleted", () => {
    const row = linked(HUB, {}, { deletedAt: "2026-11-23T00:00:00Z" });
    const rules = rulesOf("shop-product", { whenRecordDeleted: "leave" });
    expect(differences(row, [], rules)).toEqual([" left"]);
  });
});
