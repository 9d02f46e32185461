import { describe, expect, test } from "vitest";
import { Condition, Field } from "../map/document.ts";
import { alone } from "../map/groups.ts";
import type { RecordState } from "../reconcile/state.ts";
import { table } from "../testing/table.ts";
import type { FieldValue } from "../values/field-value.ts";
import { compileCondition } from "./conditions.ts";
import { decisionOrder, dependingIn, findCycle } from "./decision-order.ts";

/** "-" is null, "." absent, "''" the empty text. */
const readCell = (text: string): FieldValue | undefined => {
  if (text === ".") return undefined;
  if (text === "-") return null;
  return text === "''" ? "" : text;
};

function holds(type: string, is: string, told: string, cell: string): boolean | string {
  const more = type === "text" ? { options: { ignoreCase: true } } : {};
  const field = Field.parse({ id: "f", name: "F", type, ...more });
  const words = told.split(",");
  const isBound = is.startsWith("at-");
  const values = is.endsWith("one-of") || is === "none-of" ? { values: words } : {};
  const condition = Condition.parse({ field: "f", is, ...values, ...(isBound && { value: told }) });
  const compiled = compileCondition(field, condition);
  if (!compiled.ok) return compiled.message;
  const v = readCell(cell);
  const record: RecordState["values"] =
    v === undefined ? {} : { f: { v, by: "system:erp", at: "2026-01-01T00:00:00Z" } };
  return compiled.holds(record);
}

const CONDITIONS = table<"type" | "is" | "told" | "hub" | "holds" | "why">(`
  type     is        told   hub         holds  why
  text     one-of    EU,UK  eu          true   the field's upper and lower case mean the same
  text     one-of    EU,UK  US          false  it is another one
  text     one-of    EU     -           false  a blank is none of any values
  text     none-of   EU     -           true   a blank is none of any values
  text     none-of   EU     eu          false  it is
  decimal  one-of    1.50   1.5         true   it means the same
  decimal  at-least  9      10          true   as numbers
  decimal  at-least  10     9           false  as numbers
  decimal  at-most   10     10          true   the bound is within
  decimal  at-most   10     .           false  a blank is not at most anything
  date     at-least  2026-02-01  2026-01-31  false  it is earlier
  text     blank     .      ''          true   the empty text is blank
  text     present   .      -           false  nothing is there
  text     present   .      x           true   something is there
`);

describe("a condition on a hub record", () => {
  test.each(CONDITIONS)("$type $is $told of $hub: $holds: $why", (row) => {
    expect(String(holds(row.type, row.is, row.told, row.hub))).toBe(row.holds);
  });

  test.each([
    ["integer", "one-of", "many", '"many" is not a whole number'],
    ["text", "at-least", "b", "values of type text have no order"],
    ["money", "one-of", "5", "a money cannot be compared with a text"],
  ])("%s %s %s cannot be used: %s", (type, is, told, message) => {
    expect(holds(type, is, told, "x")).toBe(message);
  });
});

const decidedBy = (id: string, ...depends: string[]) => {
  const field = Field.parse({
    ...{ id, name: id, type: "text" },
    ...(depends.length > 0 && {
      ownership: {
        cases: depends.map((field) => ({
          when: [{ field, is: "present" }],
          tiers: [{ systems: ["erp"] }],
        })),
        tiers: [{ systems: ["shop"] }],
      },
    }),
  });
  return alone(field);
};

const fieldOf = (id: string, ...depends: string[]) => dependingIn([], decidedBy(id, ...depends));

/** Fields that are decided together, by the owner of one of them. */
const groupOf = (fields: string[], ...depends: string[]) =>
  dependingIn([], { ...decidedBy(fields.join("-"), ...depends), fields, group: true });

describe("the order of decisions", () => {
  test("each field comes after those that its owners depend on, the rest as it stands", () => {
    expect(
      decisionOrder([fieldOf("a", "c"), fieldOf("b"), fieldOf("c", "d"), fieldOf("d")]),
    ).toEqual(["d", "c", "a", "b"]);
  });

  test("without conditions any order will do; a field's own value is no condition on another", () => {
    expect(decisionOrder([fieldOf("a"), fieldOf("b")])).toBeNull();
    expect(decisionOrder([fieldOf("a", "a"), fieldOf("b")])).toBeNull();
  });

  test("a group is decided as one: what depends on a part comes after it, and is a circle", () => {
    const after = [fieldOf("c", "b"), groupOf(["a", "b"])];
    expect(decisionOrder(after)).toEqual(["a", "b", "c"]);
    expect(decisionOrder([groupOf(["a", "b"], "a")])).toBeNull();
    const circle = [fieldOf("c", "b"), groupOf(["a", "b"], "c")];
    expect(findCycle(circle)?.map(({ id }) => id)).toEqual(["c", "a-b"]);
  });

  test("a circle is found", () => {
    const fields = [fieldOf("a"), fieldOf("b", "c"), fieldOf("c", "d"), fieldOf("d", "a", "b")];
    expect(findCycle(fields)?.map(({ id }) => id)).toEqual(["b", "c", "d"]);
    expect(findCycle([fieldOf("a", "a"), fieldOf("b", "a")])).toBeNull();
  });
});
