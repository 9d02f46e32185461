import { describe, expect, test } from "vitest";
import { MapDocument } from "../map/document.ts";
import { ObjectSchema } from "../map/object-schema.ts";
import { breakFinder, type RecordAtEdge } from "./find-breaks.ts";

const STATES = {
  transform: "value-table",
  settings: {
    rows: [
      { from: "A", to: "active" },
      { from: "H", to: "held" },
    ],
  },
};

function finder(edge: object): (record: RecordAtEdge) => string | null {
  const document = MapDocument.parse({
    format: 1,
    systems: [{ id: "shop", name: "Shop", code: "SH", line: 1 }],
    entities: [
      {
        ...{ id: "thing", name: "Thing", title: "f" },
        fields: [
          { id: "f", name: "F", type: "text", validation: [{ kind: "length", max: 8 }] },
          { id: "r", name: "R", type: "reference", options: { entity: "thing" } },
        ],
      },
    ],
    bindings: [
      {
        ...{ id: "shop-thing", system: "shop", object: "things", entity: "thing" },
        edges: [{ id: "edge", columns: ["c"], fields: ["f"], ...edge }],
      },
    ],
  });
  const [binding] = document.bindings;
  const [first] = binding?.edges ?? [];
  if (binding === undefined || first === undefined) throw new Error("It has an edge.");
  const column = { nativeType: "varchar(4)", nullable: true, hasDefault: false, readOnly: false };
  const schema = ObjectSchema.parse({
    ...{ name: "things", kind: "table", key: ["id"], uniques: [], references: [] },
    columns: [{ ...column, name: "c", type: "text", lengthMax: 4 }],
  });
  return breakFinder({ document, binding, edge: first, schema });
}

const row = (c: string | null, f: string | null = "held"): RecordAtEdge => ({
  columns: { c },
  values: { f },
});

describe("a record breaks an edge", () => {
  test("whose value its step does not know, on the way in", () => {
    const why = finder({ steps: [STATES] });
    expect(why(row("A", "active"))).toBeNull();
    expect(why(row("X", "active"))).toContain('"X"');
  });

  test("whose value the hub cannot say there, on the way out", () => {
    const why = finder({ steps: [STATES] });
    expect(why(row("A", "gone"))).toContain('"gone" cannot be written');
    expect(finder({ steps: [STATES], direction: "in" })(row("A", "gone"))).toBeNull();
    expect(finder({ steps: [STATES], direction: "out" })(row("X", "active"))).toBeNull();
  });

  test("which breaks a rule of the field, or is too long for its column", () => {
    const why = finder({});
    expect(why(row("much too long", "much"))).toContain("8");
    expect(why(row("blue", "azure"))).toContain("cannot be written");
    expect(why(row("blue", "blue"))).toBeNull();
  });

  test("not where its row is not there, or does not say", () => {
    const why = finder({ steps: [STATES] });
    expect(why({ columns: null, values: { f: "held" } })).toBeNull();
    expect(why({ columns: { other: "X" }, values: {} })).toBeNull();
  });

  test("never by how a system spells whom it refers to", () => {
    expect(finder({ fields: ["r"] })({ columns: { c: "17" }, values: { r: "0199" } })).toBeNull();
  });
});
