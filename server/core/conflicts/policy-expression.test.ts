import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Field } from "../map/document.ts";
import { compileFieldRules } from "../ownership/field-rules.ts";
import type { HubValue } from "../reconcile/state.ts";
import { lawRuns } from "../testing/law-runs.ts";
import { isBlank, makeEquals } from "../values/equal-value.ts";
import type { FieldValue } from "../values/field-value.ts";
import { findOrderWitness } from "./order-witness.ts";
import type { Contest } from "./policies/policy.ts";
import { POLICIES } from "./policies/registry.ts";
import { compilePolicy } from "./policy-expression.ts";

const OTHERS = [
  { id: "list-price", name: "List price", type: "decimal" },
  { id: "state", name: "State", type: "text" },
].map((field) => Field.parse(field));

function fieldWith(expression: string, type = "decimal"): Field {
  const policy = { kind: "expression", expression };
  return Field.parse({ id: "price", name: "Price", type, policy });
}

function rulesOf(field: Field) {
  const values = { equals: makeEquals(field.type, field.options), isBlank };
  return compileFieldRules(field, values, [field, ...OTHERS]);
}

type Sides = {
  hub: FieldValue;
  edit: FieldValue;
  base?: FieldValue;
  hubSecond?: string;
  errorMs?: number | null;
  record?: Contest["record"];
};

/** The ERP's value stands in the hub, and the shop edits. */
function decide(expression: string, sides: Sides, type = "decimal") {
  const rules = rulesOf(fieldWith(expression, type));
  const { hubSecond = "01", errorMs = 0, record = {} } = sides;
  const of = (v: FieldValue, by: HubValue["by"], second: string): HubValue => ({
    ...{ v, by, at: `2026-01-01T00:00:${second}.000000Z` },
  });
  return POLICIES.expression.decide({
    rules,
    hub: of(sides.hub, "system:erp", hubSecond),
    edit: of(sides.edit, "system:shop", "05"),
    base: sides.base,
    record,
    errorMs: () => errorMs,
    corrected: ({ at }) => (errorMs === null ? null : Date.parse(at) * 1_000),
  });
}

const ask = (reason: string) => ({ kind: "ask", reason });

describe("the policy that the map writes itself", () => {
  test("it gives a value of both, or one of them, exactly", () => {
    const both = { hub: "0.1", edit: "0.2" };
    expect(decide("sum(values)", both)).toEqual({ kind: "value", value: "0.3" });
    expect(decide("max(values)", both)).toEqual({ kind: "edit" });
    expect(decide("min(values)", both)).toEqual({ kind: "hub" });
  });

  test("an edit that it chooses is that edit, by system or by time", () => {
    const erp = 'edits.filter(e, e.system == "erp")[0]';
    expect(decide(erp, { hub: "1", edit: "2" })).toEqual({ kind: "hub" });
    const newest = "edits[0].time > edits[1].time ? edits[0] : edits[1]";
    expect(decide(newest, { hub: "1", edit: "2" })).toEqual({ kind: "edit" });
    expect(decide(newest, { hub: "1", edit: "2", hubSecond: "09" })).toEqual({ kind: "hub" });
  });

  test("times closer together than the clocks can tell are a tie, and so is an unknown clock", () => {
    const newest = "edits[0].time > edits[1].time ? edits[0] : edits[1]";
    expect(decide(newest, { hub: "1", edit: "2", errorMs: 2_000 })).toEqual(ask("tie"));
    expect(decide(newest, { hub: "1", edit: "2", errorMs: null })).toEqual(ask("no-answer"));
  });

  test("it reads the base and the record's other fields", () => {
    const delta = "values[0] + values[1] - base";
    expect(decide(delta, { hub: "9", edit: "7", base: "8" })).toEqual({
      kind: "value",
      value: "8",
    });
    const at = "2026-01-01T00:00:00Z";
    const record = { "list-price": { v: "5", by: "system:erp", at } } as const;
    const capped = "min([max(values), record.list_price])";
    expect(decide(capped, { hub: "4", edit: "9", record })).toEqual({ kind: "value", value: "5" });
  });

  test("no answer, a wrong type and a question end with a person", () => {
    expect(decide("values[0] / 0", { hub: "1", edit: "2" })).toEqual(ask("no-answer"));
    expect(decide("sum(values) / 2", { hub: "1", edit: "2" }, "integer")).toEqual(ask("no-answer"));
    expect(decide("base + 1", { hub: "1", edit: "2" })).toEqual(ask("no-answer"));
    const much = "max(values) > min(values) * 2 ? ask() : max(values)";
    expect(decide(much, { hub: "1", edit: "9" })).toEqual(ask("policy-review"));
  });

  test("one that cannot be read asks, and the check tells where the mistake is", () => {
    expect(decide("values[0] +", { hub: "1", edit: "2" })).toEqual(ask("no-answer"));
    const broken = compilePolicy('"x"', fieldWith('"x"'), OTHERS);
    const message = "It gives a text, and Price is a number.";
    expect(broken).toEqual({ ok: false, problem: { message, from: 0, to: 3 } });
  });

  test("what it rests on is known: a base, and fields that are decided before it", () => {
    const field = fieldWith("has(base) && record.list_price > 1 ? base : values[0]");
    const compiled = compilePolicy("has(base) && record.list_price > 1 ? base : values[0]", field, [
      field,
      ...OTHERS,
    ]);
    expect(compiled).toMatchObject({
      ok: true,
      policy: { readsBase: true, readsFields: ["list-price"] },
    });
    expect(compilePolicy("record.price", field, [field, ...OTHERS]).ok).toBe(false);
  });

  test("no expression can tell which of two edits came first", () => {
    const piece = fc.constantFrom(
      ...["values[0]", "values[1]", "edits[0].value", "base", "1", "max(values)"],
    );
    const made = fc
      .tuple(piece, fc.constantFrom("+", "-", "*"), piece, piece)
      .map(([a, operator, b, c]) => `${a} > ${b} ? ${a} ${operator} ${c} : ${b}`);
    const number = fc.integer({ min: -9, max: 9 }).map(String);
    fc.assert(
      fc.property(made, number, number, number, (expression, a, b, base) => {
        const rules = rulesOf(fieldWith(expression));
        const at = "2026-01-01T00:00:00.000000Z";
        const one: HubValue = { v: a, by: "system:erp", at };
        const other: HubValue = { v: b, by: "system:shop", at };
        const rest = { rules, base, record: {}, errorMs: () => 0, corrected: () => 0 };
        const ended = (hub: HubValue, edit: HubValue) => {
          const verdict = POLICIES.expression.decide({ ...rest, hub, edit });
          if (verdict.kind === "ask") return verdict.reason;
          return verdict.kind === "value" ? verdict.value : { hub, edit }[verdict.kind].v;
        };
        expect(ended(one, other)).toEqual(ended(other, one));
      }),
      lawRuns(2_000),
    );
  });
});

describe("findOrderWitness", () => {
  const look = (expression: string, type = "decimal") => {
    const field = fieldWith(expression, type);
    const compiled = compilePolicy(expression, field, [field, ...OTHERS]);
    if (!compiled.ok) throw new Error(compiled.problem.message);
    return findOrderWitness(compiled.policy, rulesOf(field), field, OTHERS, ["a", "b", "c"]);
  };

  test("a mean of three depends on which comes first, and is shown with its values", () => {
    expect(look("sum(values) / 2")?.words).toMatch(
      /^a "\d+", b "\d+", c "\d+" ends as .*, and a .*/,
    );
  });

  test.each([
    ["max(values)", "decimal"],
    ["min(values)", "date"],
    ["edits[0]", "text"],
    ['edits.exists(e, e.system == "b") ? edits.filter(e, e.system == "b")[0] : edits[0]', "text"],
    ["max(values) > min(values) * 2 ? ask() : max(values)", "decimal"],
    ["edits[0].time > edits[1].time ? edits[0] : edits[1]", "boolean"],
  ])("%s of a %s does not", (expression, type) => {
    expect(look(expression, type)).toBeNull();
  });

  test("a set of both may be what all had before, and the next edit meets nobody then", () => {
    expect(look("values[0] + values[1]", "set")?.words).toContain("ends as");
  });

  test("a value that forgets whose edit it was shows the order when two of three are equal", () => {
    expect(look("values[0]", "text")?.words).toContain("ends as");
  });
});
