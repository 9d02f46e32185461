import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MapDocument } from "../map/document.ts";
import { ObjectSchema } from "../map/object-schema.ts";
import { makeEquals } from "../values/equal-value.ts";
import type { Columns, FieldValue, FieldValues } from "../values/field-value.ts";
import { LAW_RUNS, rawValues, texts } from "../values/testing/value-arbitraries.ts";
import { compileBinding } from "./compile-binding.ts";
import { AS_SPELLED } from "./refer.ts";

const step = (transform: string, settings: object = {}) => ({ transform, settings });
const STATES = step("value-table", {
  rows: [
    { from: "A", to: "active" },
    { from: "ACT", to: "active" },
    { from: "G", to: "gone" },
  ],
  firstBack: true,
});
const CENTS = step("scale", { operation: "divide", factor: "100" });

/** Goal: one edge of every kind that a row can have, two ways. */
const EDGES = [
  { id: "plain", columns: ["plain"], fields: ["plain"] },
  { id: "folded", columns: ["folded"], fields: ["folded"] },
  { id: "trimmed", columns: ["trimmed"], fields: ["trimmed"], steps: [step("trim")] },
  { id: "price", columns: ["cents"], fields: ["price"], steps: [CENTS] },
  { id: "weight", columns: ["weight"], fields: ["weight"] },
  { id: "state", columns: ["state"], fields: ["state"], steps: [step("trim"), STATES] },
  { id: "full", columns: ["first", "last"], fields: ["full"], steps: [step("join-name")] },
  {
    id: "contact",
    columns: ["contact"],
    fields: ["given", "family"],
    steps: [step("trim", { inner: true }), step("split-name")],
  },
  {
    id: "country",
    columns: ["country"],
    fields: ["country"],
    steps: [
      step("default", { value: "DE" }),
      step("country-code", { column: "alpha-2", field: "alpha-2" }),
    ],
  },
  { id: "pair", columns: ["x", "y"], fields: ["x", "y"], steps: [step("empty-as-none")] },
  { id: "money", columns: ["amount", "currency"], fields: ["money"], steps: [step("money")] },
  { id: "changed", columns: ["changed"], fields: ["changed"] },
  { id: "tags", columns: ["tags"], fields: ["tags"] },
  { id: "more", columns: ["more"], fields: ["more"] },
];

const FIELDS = [
  { id: "plain", type: "text" },
  { id: "folded", type: "text", options: { ignoreCase: true, trim: true } },
  { id: "trimmed", type: "text" },
  { id: "price", type: "decimal" },
  { id: "weight", type: "decimal" },
  { id: "state", type: "enum", options: { values: ["active", "gone"] } },
  { id: "full", type: "text" },
  { id: "given", type: "text" },
  { id: "family", type: "text" },
  { id: "country", type: "text" },
  { id: "x", type: "text" },
  { id: "y", type: "text" },
  { id: "money", type: "money" },
  { id: "changed", type: "instant" },
  { id: "tags", type: "set" },
  { id: "more", type: "json" },
];

const TYPES: Readonly<Record<string, string>> = {
  cents: "integer",
  changed: "instant",
  tags: "list",
  more: "json",
};

const document = MapDocument.parse({
  format: 1,
  systems: [{ id: "shop", name: "Shop", code: "SH", line: 1 }],
  entities: [
    {
      id: "thing",
      name: "Thing",
      title: "plain",
      fields: FIELDS.map((field) => ({ name: "A field", ...field })),
    },
  ],
  bindings: [{ id: "b", system: "shop", object: "things", entity: "thing", edges: EDGES }],
});
const [binding] = document.bindings;
if (binding === undefined) throw new Error("no binding");

const schema = ObjectSchema.parse({
  name: "things",
  kind: "table",
  key: ["id"],
  columns: EDGES.flatMap(({ columns }) => columns).map((name) => ({
    ...{ name, type: TYPES[name] ?? "text", nativeType: "?", nullable: true },
    ...{ hasDefault: false, readOnly: false },
  })),
  uniques: [],
  references: [],
});

const shop = compileBinding({ document, binding, schema });

const text = fc.oneof({ weight: 9, arbitrary: texts }, fc.constant(null));
const words = fc
  .array(fc.constantFrom("Ada", "van", "der", "Berg", "", " "), { maxLength: 5 })
  .map((parts) => parts.join(" "));
const name = fc.oneof(words, text);

const rows: fc.Arbitrary<Columns> = fc.record({
  plain: text,
  folded: fc.oneof(text, fc.constantFrom("ada", "ADA", "Ada ")),
  trimmed: text,
  cents: rawValues("integer"),
  weight: rawValues("decimal"),
  state: fc.constantFrom("A", "ACT", " ACT ", "G", "Q", null),
  first: name,
  last: name,
  contact: name,
  country: fc.constantFrom("DE", "de", "FR", "XX", "", null),
  x: text,
  y: text,
  amount: fc.oneof(rawValues("decimal"), fc.constant(null)),
  currency: fc.constantFrom("EUR", "USD"),
  changed: rawValues("instant"),
  tags: fc.array(fc.constantFrom("a", "b", "A"), { maxLength: 3 }),
  more: rawValues("json"),
});

const dues = fc.subarray(FIELDS.map(({ id }) => id)).map((ids) => new Set(ids));

const EQUALS = new Map(
  document.entities[0]?.fields.map(({ id, type, options }) => [id, makeEquals(type, options)]),
);

function isEqual(field: string, a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  return a !== undefined && b !== undefined && EQUALS.get(field)?.(a, b) === true;
}

describe("a compiled binding", () => {
  test("writes a row back to the letter while the hub has what it told", () => {
    fc.assert(
      fc.property(rows, dues, (row, due) => {
        const { fields } = shop.forward(row, null, AS_SPELLED);
        const written = shop.backward({ values: fields, due, previous: row, refer: AS_SPELLED });
        for (const [column, value] of Object.entries(written.columns)) {
          expect(value, column).toEqual(row[column]);
        }
        // Only an edge with a part that is itself a problem may wait.
        expect(written.problems.filter(({ code }) => code !== "waiting")).toEqual([]);
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("what it writes into any row reads as the hub's value, or it says that it cannot", () => {
    const hubs = fc.tuple(rows, dues).map(([row, due]) => ({ row, due }));
    fc.assert(
      fc.property(hubs, fc.option(rows, { nil: null }), ({ row, due }, previous) => {
        const values: FieldValues = shop.forward(row, null, AS_SPELLED).fields;
        const written = shop.backward({ values, due, previous, refer: AS_SPELLED });
        const after = shop.forward(written.columns, previous, AS_SPELLED);
        const waiting = new Set(written.problems.map(({ field }) => field));
        for (const field of due) {
          if (values[field] === undefined) continue;
          const isSettled =
            waiting.has(field) || isEqual(field, after.fields[field], values[field]);
          expect(isSettled, JSON.stringify([field, values, written, after])).toBe(true);
        }
        for (const field of written.fieldsCarried) {
          expect(isEqual(field, after.fields[field], values[field]), field).toBe(true);
        }
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("a part that may not travel keeps the row's own value", () => {
    fc.assert(
      fc.property(rows, rows, (row, previous) => {
        const { given } = shop.forward(row, null, AS_SPELLED).fields;
        fc.pre(given !== undefined);
        const values = { given: given ?? null };
        const held = { due: new Set(["given"]), waiting: new Set(["family"]) };
        const written = shop.backward({ values, ...held, previous, refer: AS_SPELLED });
        fc.pre(written.problems.length === 0);
        const before = shop.forward(previous, null, AS_SPELLED).fields["family"];
        const after = shop.forward(written.columns, previous, AS_SPELLED).fields;
        expect(isEqual("family", after["family"], before)).toBe(true);
        expect(isEqual("given", after["given"], given)).toBe(true);
      }),
      { numRuns: LAW_RUNS },
    );
  });

  test("reading only what has changed gives what reading all would", () => {
    fc.assert(
      fc.property(rows, fc.subarray([...shop.readColumns]), (row, told) => {
        const news = Object.fromEntries(told.map((column) => [column, row[column] ?? null]));
        const whole = shop.forward(row, null, AS_SPELLED).fields;
        for (const [field, value] of Object.entries(shop.forward(news, row, AS_SPELLED).fields)) {
          expect(value).toEqual(whole[field]);
        }
      }),
      { numRuns: LAW_RUNS },
    );
  });
});
