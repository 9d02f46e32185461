import { describe, expect, test } from "vitest";
import { Entity, EntityRule, fieldsOfRule } from "../map/document.ts";
import type { FieldValue } from "../values/field-value.ts";
import { breachBeside, compileEntityRule } from "./entity-rules.ts";

const PRODUCT = Entity.parse({
  id: "product",
  name: "Product",
  title: "name",
  fields: [
    { id: "name", name: "Name", type: "text", options: { ignoreCase: true } },
    { id: "alias", name: "Alias", type: "text" },
    { id: "price", name: "Price", type: "decimal" },
    { id: "stock", name: "Stock", type: "integer" },
    { id: "since", name: "Since", type: "date" },
  ],
});

function ruleOf(raw: object) {
  return compileEntityRule(PRODUCT, EntityRule.parse({ id: "r", ...raw }));
}

const against = (other: string) => ({ kind: "compare", other });
const value = (of: string, operator: string, ...values: string[]) => ({
  kind: "condition",
  condition: { of, operator, values },
});

const by = (expression: string) => ({ kind: "expression", expression });

describe("compileEntityRule", () => {
  test.each<[object, Record<string, FieldValue>, string | null]>([
    [value("price", "above", "0"), { price: "0.01" }, null],
    [value("price", "above", "0"), { price: "0" }, '"0" breaks the rule: Price is above 0.'],
    [
      { field: "price", operator: "at-least", ...against("stock") },
      { price: "10", stock: "9" },
      null,
    ],
    [
      { field: "price", operator: "at-least", ...against("stock") },
      { price: "9.99", stock: "10" },
      '"9.99" breaks the rule: Price is at least Stock ("10").',
    ],
    [{ field: "price", operator: "at-least", ...against("stock") }, { price: "1" }, null],
    [
      { field: "price", operator: "at-least", ...against("stock") },
      { price: "1", stock: null },
      null,
    ],
    [
      { field: "name", operator: "is-not", ...against("alias") },
      { name: "Rope", alias: "ROPE" },
      '"Rope" breaks the rule: Name is not Alias ("ROPE").',
    ],
    [value("name", "starts-with", "RO"), { name: "rope" }, null],
    [value("name", "not-blank"), { name: null }, "no value breaks the rule: Name is not empty."],
    [value("name", "is", "Rope", "Line"), { name: null }, null],
    [
      { ...value("name", "not-blank"), when: [value("stock", "above", "0").condition] },
      { name: null, stock: "1" },
      "no value breaks the rule: Name is not empty while Stock is above 0.",
    ],
    [
      { ...value("name", "not-blank"), when: [value("stock", "above", "0").condition] },
      { name: null, stock: "0" },
      null,
    ],
    [
      { kind: "compare-value", field: "price", operator: "above", value: "0" },
      { price: "0" },
      '"0" breaks the rule: Price is above 0.',
    ],
    [by("record.price * record.stock <= 100"), { price: "10.5", stock: "9" }, null],
    [
      by("record.price * record.stock <= 100"),
      { price: "10.5", stock: "10" },
      "The record breaks the rule: record.price * record.stock <= 100.",
    ],
    [by("record.price * record.stock <= 100"), { price: "10.5" }, null],
    [
      { ...by("record.stock % 6 == 0"), says: "Sold in boxes of six." },
      { stock: "7" },
      "Sold in boxes of six.",
    ],
    [
      by("100 / record.stock > 1"),
      { stock: "0" },
      "The record breaks the rule: 100 / record.stock > 1 (Nothing can be divided by zero).",
    ],
  ])("%j of %j: %s", (raw, values, message) => {
    const compiled = ruleOf(raw);
    if (!compiled.ok) throw new Error(compiled.message);
    expect(compiled.rule.breach((field) => values[field])).toBe(message);
  });

  test.each<[object, string]>([
    [{ field: "name", operator: "below", ...against("alias") }, "cannot be put in an order"],
    [{ field: "price", operator: "below", ...against("since") }, "cannot be put in an order"],
    [{ field: "price", operator: "is", ...against("name") }, "are of different types"],
    [value("since", "below", "soon"), "is not a date"],
    [{ field: "since", operator: "below", ...against("until") }, "no field until"],
    [by("record.price"), "It gives a number, and a rule is true or false."],
    [by("record.pric > 1"), 'line 1, column 1: The record has no "pric".'],
  ])("%j cannot be tested: %s", (raw, words) => {
    expect(ruleOf(raw)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });
});

test("the fields that an expression names are known without reading it", () => {
  const rule = EntityRule.parse({
    ...{ id: "r", when: [value("stock", "not-blank").condition] },
    ...by('record.list_price > 0 && record["since"] != null'),
  });
  expect(fieldsOfRule(rule)).toEqual(["list-price", "since", "stock"]);
});

test("what a person enters is tested beside the record's other values, warnings apart", () => {
  const compiled = [
    { field: "price", operator: "at-least", ...against("stock") },
    { ...value("price", "below", "5"), severity: "warn" },
  ].flatMap((raw) => {
    const one = ruleOf(raw);
    return one.ok ? [one.rule] : [];
  });
  const hub = (v: string) => ({ v, by: "system:erp" as const, at: "" });
  const record = { id: "1", entity: "product", values: { stock: hub("10") }, deletedAt: null };
  const entered = (price: string) => breachBeside(compiled, record as never, { price });
  expect(entered("9")).toMatchObject({ code: "r" });
  expect(entered("10")).toBeNull();
});
