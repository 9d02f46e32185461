import { describe, expect, test } from "vitest";
import type { Binding, MapDocument } from "../../server/core/map/document.ts";
import { arrange, placeBoxes } from "./arrange.ts";
import { BOX_GAP, COLUMN_GAP, ENTITY_WIDTH, SYSTEM_WIDTH } from "./geometry.ts";

const FIELDS = ["a", "b", "c", "d"].map((id) => ({
  ...{ id, name: id, type: "text" as const, validation: [], policy: { kind: "review" as const } },
}));
const ENTITY = { id: "thing", name: "Thing", title: "a", matchKeys: [], fields: FIELDS };

function mapOf(leads: Record<string, string[]>): MapDocument {
  const bindings = Object.entries(leads).map(
    ([id, fields]): Binding => ({
      ...{ id, system: id, object: id, entity: "thing", createsRecords: true, createsRows: true },
      ...{ whenRowGone: "review", whenRecordDeleted: "review", staleSecondsMax: 5 },
      edges: fields.map((field) => ({
        ...{ id: field, columns: [field], fields: [field], direction: "both", steps: [] },
      })),
    }),
  );
  return { format: 1, systems: [], entities: [ENTITY], bindings };
}

const heightsOf = (heights: Record<string, number>) => new Map(Object.entries(heights));

describe("arrange", () => {
  test("gives the sides by turns, left first, whatever the heights", () => {
    const map = mapOf({ one: ["a"], two: ["b"], three: ["c"] });
    const heights = heightsOf({ one: 300, two: 100, three: 100 });
    expect(arrange(map, ENTITY, heights, 400)).toEqual({
      ...{ left: ["one", "three"], right: ["two"] },
      top: { left: -16, right: 150 },
    });
  });

  test("orders a column by where its lines lead", () => {
    const map = mapOf({ low: ["d"], one: [], high: ["a", "b"], two: [], last: [] });
    const heights = heightsOf({ low: 100, one: 400, high: 100, two: 90, last: 100 });
    expect(arrange(map, ENTITY, heights, 100).left).toEqual(["high", "low", "last"]);
  });
});

test("boxes stand in columns beside the entity, one under the other", () => {
  const places = placeBoxes(
    { left: ["one", "two"], right: ["three"], top: { left: 10, right: 0 } },
    heightsOf({ one: 100, two: 50, three: 80 }),
  );
  expect(Object.fromEntries(places)).toEqual({
    one: { x: -(SYSTEM_WIDTH + COLUMN_GAP), y: 10 },
    two: { x: -(SYSTEM_WIDTH + COLUMN_GAP), y: 110 + BOX_GAP },
    three: { x: ENTITY_WIDTH + COLUMN_GAP, y: 0 },
  });
});
