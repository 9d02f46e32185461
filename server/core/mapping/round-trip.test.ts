import { describe, expect, test } from "vitest";
import { MapDocument } from "../map/document.ts";
import { ObjectSchema } from "../map/object-schema.ts";
import type { Columns } from "../values/field-value.ts";
import { checkEdge, type RoundTrip } from "./round-trip.ts";

type Setup = {
  readonly fields: readonly object[];
  readonly edge: object;
  readonly columns?: readonly object[];
  readonly samples?: readonly Columns[];
};

function check({ fields, edge, columns = [], samples = [] }: Setup): RoundTrip {
  const document = MapDocument.parse({
    format: 1,
    systems: [{ id: "shop", name: "Shop", code: "SH", line: 1 }],
    entities: [
      { id: "thing", name: "Thing", title: "f", fields: fields.map((f) => ({ name: "F", ...f })) },
    ],
    bindings: [
      {
        id: "shop-thing",
        system: "shop",
        object: "things",
        entity: "thing",
        edges: [{ id: "edge", ...edge }],
      },
    ],
  });
  const [binding] = document.bindings;
  const [first] = binding?.edges ?? [];
  if (binding === undefined || first === undefined) throw new Error("no edge");
  const base = { nativeType: "?", nullable: true, hasDefault: false, readOnly: false };
  const schema = ObjectSchema.parse({
    name: "things",
    kind: "table",
    key: ["id"],
    columns: columns.map((column) => ({ ...base, ...column })),
    uniques: [],
    references: [],
  });
  return checkEdge({ document, binding, edge: first, schema, samples });
}

const CENTS = { transform: "scale", settings: { operation: "divide", factor: "100" } };
const table = (rows: object, more: object = {}) => ({
  transform: "value-table",
  settings: { rows, ...more },
});
const active = { from: "A", to: "active" };
const gone = { from: "G", to: "gone" };

describe("checkEdge", () => {
  test("a plain edge is lossless", () => {
    const columns = [{ name: "c", type: "text" }];
    const edge = { columns: ["c"], fields: ["f"] };
    expect(check({ fields: [{ id: "f", type: "text" }], edge, columns })).toEqual({
      kind: "lossless",
      message: "Every value comes back as it was.",
    });
  });

  test("cents are lossless, and what has no cents is named", () => {
    const columns = [{ name: "c", type: "integer" }];
    const edge = { columns: ["c"], fields: ["f"], steps: [CENTS] };
    const found = check({ fields: [{ id: "f", type: "decimal" }], edge, columns });
    expect(found.kind).toBe("lossless");
    expect(found.refuses).toEqual({
      fields: { f: "-0.005" },
      message:
        '"-0.005" cannot be written back: The column c cannot hold it: ' +
        '"-0.5" is not a whole number.',
      isCertain: false,
    });
  });

  test("the system's own rows are the counter-example before any other", () => {
    const edge = { columns: ["c"], fields: ["f"], steps: [{ transform: "trim" }] };
    const samples = [{ c: "Chair" }, { c: "Table  " }];
    const found = check({ fields: [{ id: "f", type: "text" }], edge, samples });
    expect(found).toMatchObject({
      kind: "lossy",
      message:
        '"Table  " is read as "Table" and would be written as "Table"; ' +
        "a row that means the same keeps its own.",
      counterExample: { columns: { c: "Table  " }, fields: { f: "Table" }, back: { c: "Table" } },
      refuses: {
        fields: { f: " Ada " },
        message: '" Ada " cannot be written back: " Ada " would come back as "Ada".',
        isCertain: false,
      },
    });
  });

  test("an option of the field can make a step harmless", () => {
    const fields = [{ id: "f", type: "text", options: { trim: true } }];
    const edge = { columns: ["c"], fields: ["f"], steps: [{ transform: "trim" }] };
    expect(check({ fields, edge }).refuses).toBeUndefined();
  });

  test("a text of a number loses how it was written", () => {
    const edge = { columns: ["c"], fields: ["f"] };
    const columns = [{ name: "c", type: "text" }];
    const found = check({ fields: [{ id: "f", type: "decimal" }], edge, columns });
    expect(found).toMatchObject({
      kind: "lossy",
      counterExample: { columns: { c: "12.50" }, fields: { f: "12.5" }, back: { c: "12.5" } },
    });
  });

  test("a member that the table does not know is certain to wait", () => {
    const fields = [{ id: "f", type: "enum", options: { values: ["active", "gone", "new"] } }];
    const edge = { columns: ["c"], fields: ["f"], steps: [table([active, gone])] };
    const found = check({ fields, edge, samples: [{ c: "A" }] });
    expect(found.kind).toBe("lossless");
    expect(found.refuses).toMatchObject({ fields: { f: "new" }, isCertain: true });
  });

  test("several codes of one meaning are one-way, or lossy where the first is written", () => {
    const fields = [{ id: "f", type: "enum", options: { values: ["active"] } }];
    const rows = [active, { from: "ACT", to: "active" }];
    const edge = { columns: ["c"], fields: ["f"] };
    const samples = [{ c: "A" }, { c: "ACT" }];
    expect(check({ fields, edge: { ...edge, steps: [table(rows)] }, samples }).kind).toBe(
      "one-way",
    );
    const first = table(rows, { firstBack: true });
    expect(check({ fields, edge: { ...edge, steps: [first] }, samples })).toMatchObject({
      kind: "lossy",
      counterExample: { columns: { c: "ACT" }, back: { c: "A" } },
    });
  });

  test("a step without a way back is one-way", () => {
    const steps = [{ transform: "concatenate", settings: { parts: 2 } }];
    const edge = { columns: ["a", "b"], fields: ["f"], steps };
    expect(check({ fields: [{ id: "f", type: "text" }], edge })).toEqual({
      kind: "one-way",
      message: "This step has no way back, so the edge can only read.",
    });
  });

  test("a split name names the hub's values that would come apart elsewhere", () => {
    const fields = [
      { id: "given", type: "text" },
      { id: "family", type: "text" },
    ];
    const steps = [{ transform: "split-name" }];
    const edge = { columns: ["c"], fields: ["given", "family"], steps };
    const found = check({ fields, edge, samples: [{ c: "Jan van der Berg" }] });
    expect(found.kind).toBe("lossy");
    expect(found.refuses?.isCertain).toBe(false);
  });

  test("joined names can be written whatever they are", () => {
    const steps = [{ transform: "join-name" }];
    const edge = { columns: ["a", "b"], fields: ["f"], steps };
    const samples = [{ a: "Gabriel", b: "García Márquez" }];
    const found = check({ fields: [{ id: "f", type: "text" }], edge, samples });
    expect(found).toMatchObject({
      kind: "lossy",
      counterExample: { back: { a: "Gabriel García", b: "Márquez" } },
    });
    expect(found.refuses).toBeUndefined();
  });

  test("an edge that cannot run says why", () => {
    const edge = { columns: ["c"], fields: ["f"], steps: [{ transform: "magic" }] };
    expect(check({ fields: [{ id: "f", type: "text" }], edge })).toEqual({
      kind: "one-way",
      message: 'There is no transform "magic".',
    });
  });
});
