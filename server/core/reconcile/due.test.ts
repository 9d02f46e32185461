import { expect, test } from "vitest";
import { asId, type LinkId, type RecordId } from "../ids.ts";
import { MapDocument } from "../map/document.ts";
import { compileMap } from "../plan/compile-map.ts";
import { asPosition } from "../position.ts";
import { dueFields } from "./due.ts";
import type { Base, LinkState, RecordState } from "./state.ts";

const MAP = compileMap(
  1,
  MapDocument.parse({
    format: 1,
    systems: [{ id: "shop", name: "Shop", code: "SH", line: 1 }],
    entities: [
      {
        ...{ id: "buyer", name: "Buyer", title: "given", matchKeys: [] },
        fields: [
          { id: "given", name: "Given", type: "text" },
          { id: "family", name: "Family", type: "text" },
        ],
      },
    ],
    bindings: [
      {
        ...{ id: "shop-buyer", system: "shop", object: "buyers", entity: "buyer" },
        edges: [
          {
            ...{ id: "name", columns: ["full_name"], fields: ["given", "family"] },
            steps: [{ transform: "split-name", settings: {} }],
          },
        ],
      },
    ],
  }),
  () => null,
);

function dueWith(hub: Record<string, string | null>, bases: Record<string, Base>): string[] {
  const rules = MAP.bindings.get(asId("shop-buyer"));
  if (rules === undefined) throw new Error("The map has a binding.");
  const at = "2026-03-01T12:00:00.000Z";
  const values = Object.entries(hub).map(([field, v]) => [field, { v, by: "system:shop", at }]);
  const record: RecordState = {
    ...{ id: asId<RecordId>("a"), entity: asId("buyer"), deletedAt: null },
    values: Object.fromEntries(values),
  };
  const link: LinkState = {
    ...{ id: asId<LinkId>("row"), record: record.id, incarnation: 1, state: "live", bases },
    ...{ binding: asId("shop-buyer"), system: asId("shop"), externalId: "1" },
    ...{ position: asPosition("1"), columns: {} },
  };
  return dueFields(rules, record, link, new Set());
}

test("a family name that was read as a given one is cleared with its column", () => {
  // "Zed" alone was sent as the family name, and is read as the given one; the hub has none now.
  const bases = { given: { s: "Zed", g: null }, family: { s: null, g: "Zed" } };
  expect(dueWith({ given: null, family: null }, bases)).toEqual(["family"]);
});

test("nothing is due while the hub has what was sent, or what is stored", () => {
  const bases = { given: { s: "Zed", g: null }, family: { s: null, g: "Zed" } };
  expect(dueWith({ given: null, family: "Zed" }, bases)).toEqual([]);
  expect(dueWith({ given: "Zed", family: null }, bases)).toEqual([]);
});
