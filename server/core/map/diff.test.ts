import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lawRuns } from "../testing/law-runs.ts";
import { changedBindings, diffMaps, meansTheSame } from "./diff.ts";
import { EMPTY_MAP, type MapDocument } from "./document.ts";
import type { Edit } from "./edits/edit.ts";
import { applyEdit } from "./edits.ts";
import { isSame } from "./same.ts";
import { mapDocuments, randomEdit } from "./testing/arbitrary.ts";
import { SHOP_MAP } from "./testing/shop-map.ts";

function drawn(...edits: Edit[]): MapDocument {
  return edits.reduce((document, edit) => {
    const result = applyEdit(document, edit);
    if (!result.ok) throw new Error(result.refusal.message);
    return result.document;
  }, SHOP_MAP);
}

/** Every change as one line: "Product › Price › ownership: before → after". */
function lines(before: MapDocument, next: MapDocument): string[] {
  return diffMaps(before, next).entities.flatMap((entity) =>
    entity.fields.flatMap((field) =>
      field.changes.map(
        (change) =>
          `${entity.title} › ${field.title}: ${change.sentence} ` +
          `(${change.before ?? "-"} → ${change.after ?? "-"})`,
      ),
    ),
  );
}

const price = { entity: "product", field: "price" };

describe("the difference of two maps", () => {
  test("says a new owner in words", () => {
    const edit: Edit = {
      ...{ type: "set-ownership", ...price },
      ownership: { tiers: [{ systems: ["shop"], when: "always" }], refused: "review" },
    };
    expect(lines(SHOP_MAP, drawn(edit))).toEqual([
      "Product › Price: Who owns Price has changed " +
        "(ERP owns it; Shop fills when blank; other edits are set back → " +
        "Shop owns it; other edits wait for a decision)",
    ]);
  });

  test("tells an added field in one line, with what is special about it", () => {
    const edit: Edit = {
      ...{ type: "add-field", entity: "product" },
      field: {
        ...{ id: "colour", name: "Colour", type: "text", policy: { kind: "newest" } },
        validation: [{ kind: "length", max: 20 }],
      },
    };
    expect(lines(SHOP_MAP, drawn(edit))).toEqual([
      "Product › Colour: Added: the field Colour (- → text; when two edits of equal rank meet, " +
        "the newest edit wins; a tie is asked; at most 20 characters)",
    ]);
  });

  test("tells edges under their field", () => {
    const next = drawn(
      { type: "disconnect", binding: "erp-product", edge: "stock" },
      { type: "change-edge", binding: "shop-product", edge: "name", changes: { direction: "in" } },
    );
    expect(lines(SHOP_MAP, next)).toEqual([
      "Product › Name: Mapped differently: Shop name gives Name " +
        "(Shop name and Name, both ways → Shop name gives Name)",
      "Product › Stock: Removed: ERP stock and Stock, both ways " +
        "(ERP stock and Stock, both ways → -)",
    ]);
  });

  test("tells what steps are set to where nothing else of an edge has changed", () => {
    const edge = SHOP_MAP.bindings
      .flatMap(({ id, edges }) => edges.map((one) => ({ binding: id, ...one })))
      .find(({ steps }) => steps.length > 0);
    if (edge === undefined) throw new Error("The map for tests has an edge with a step.");
    const { binding, id, steps } = edge;
    const changes = { steps: steps.map((step) => ({ ...step, settings: { factor: "1000" } })) };
    const next = drawn({ type: "change-edge", binding, edge: id, changes });
    const stepWords = ({ settings }: { settings: unknown }) => `with ${JSON.stringify(settings)}`;
    const [entity] = diffMaps(SHOP_MAP, next, { stepWords }).entities;
    expect(entity?.fields[0]?.changes[0]).toMatchObject({
      before: `with ${JSON.stringify(steps[0]?.settings)}`,
      after: 'with {"factor":"1000"}',
    });
  });

  test("counts what stayed, and lists it when asked", () => {
    const next = drawn({ type: "change-field", ...price, changes: { name: "List price" } });
    const diff = diffMaps(SHOP_MAP, next);
    expect(diff.changed).toBe(1);
    expect(diff.unchanged).toBeGreaterThan(30);
    expect(lines(SHOP_MAP, next)[0]).toContain("Price is now called List price");
    const full = diffMaps(SHOP_MAP, next, { context: true });
    const listed = full.entities.flatMap((entity) => entity.fields.flatMap((one) => one.changes));
    expect(listed).toHaveLength(diff.changed + diff.unchanged);
  });

  test("is empty exactly when both say the same", () => {
    fc.assert(
      fc.property(mapDocuments, fc.infiniteStream(fc.nat()), (document, stream) => {
        const edit = randomEdit(document, (count) => Number(stream.next().value) % count);
        const result = applyEdit(document, edit);
        if (!result.ok) return;
        const same = isSame(sorted(document), sorted(result.document));
        expect(meansTheSame(document, result.document)).toBe(same);
        const words = lines(document, result.document).join("\n");
        expect(words).not.toMatch(/undefined|\[object/);
      }),
      lawRuns(500),
    );
  }, 30_000);

  test("is all additions from an empty map", () => {
    const kinds = diffMaps(EMPTY_MAP, SHOP_MAP).entities.flatMap((entity) =>
      entity.fields.flatMap((field) => field.changes.map((change) => change.kind)),
    );
    expect(new Set(kinds)).toEqual(new Set(["added"]));
  });
});

function sorted(document: MapDocument): MapDocument {
  const byId = <T extends { id: string }>(list: T[]) =>
    list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    format: 1,
    systems: byId(document.systems),
    dimensions: byId(document.dimensions ?? []),
    entities: byId(document.entities),
    bindings: byId(document.bindings.map((one) => ({ ...one, edges: byId(one.edges) }))),
  };
}

describe("the bindings behind a change", () => {
  test.each<[string, Edit, string[]]>([
    [
      "a new owner",
      { type: "set-ownership", ...price, ownership: null },
      ["erp-product changed", "shop-product changed"],
    ],
    ["a new name", { type: "change-field", ...price, changes: { name: "List price" } }, []],
    [
      "an edge",
      { type: "disconnect", binding: "erp-product", edge: "stock" },
      ["erp-product changed"],
    ],
    [
      "a policy of a field that one maps",
      {
        ...{ type: "set-policy", entity: "product", field: "stock" },
        policy: { kind: "newest" },
      },
      ["erp-product changed"],
    ],
    ["a binding", { type: "remove-binding", binding: "erp-product" }, ["erp-product removed"]],
  ])("%s", (_what, edit, expected) => {
    const changes = changedBindings(SHOP_MAP, drawn(edit));
    expect(changes.map((one) => `${one.binding} ${one.change}`)).toEqual(expected);
  });
});
