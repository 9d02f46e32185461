import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lawRuns } from "../testing/law-runs.ts";
import { EMPTY_MAP, MapDocument } from "./document.ts";
import { editsCollide } from "./edits/collide.ts";
import { Edit } from "./edits/edit.ts";
import { applyEdit } from "./edits.ts";
import { findBreaks } from "./integrity.ts";
import { isSame } from "./same.ts";
import { mapDocuments, type Pick, randomEdit } from "./testing/arbitrary.ts";
import { SHOP_MAP } from "./testing/shop-map.ts";

/** Random choices that a failing run can shrink and repeat. */
function choices(): fc.Arbitrary<Pick> {
  return fc.infiniteStream(fc.nat({ max: 0xffff })).map((stream) => {
    return (count) => Number(stream.next().value) % count;
  });
}

function applyOrFail(document: MapDocument, edit: Edit): MapDocument {
  const result = applyEdit(document, edit);
  if (!result.ok) throw new Error(`refused: ${result.refusal.message}`);
  return result.document;
}

describe("an edit", () => {
  test("and then its inverse gives back the same document", () => {
    let made = 0;
    fc.assert(
      fc.property(mapDocuments, choices(), (document, pick) => {
        const edit = randomEdit(document, pick);
        const result = applyEdit(document, edit);
        if (!result.ok) return;
        made += 1;
        expect(applyOrFail(result.document, result.inverse)).toEqual(document);
      }),
      lawRuns(400),
    );
    expect(made).toBeGreaterThan(100);
  }, 30_000);

  test("leaves a whole and valid document, or says why it is refused", () => {
    fc.assert(
      fc.property(mapDocuments, choices(), (document, pick) => {
        const edit = Edit.parse(JSON.parse(JSON.stringify(randomEdit(document, pick))));
        const before = JSON.stringify(document);
        const result = applyEdit(document, edit);
        expect(JSON.stringify(document)).toBe(before);
        if (result.ok) {
          expect(MapDocument.parse(result.document)).toEqual(result.document);
          expect([...findBreaks(result.document)]).toEqual([]);
          expect(result.label).not.toBe("");
        } else {
          expect(result.refusal.message).toMatch(/\.$/);
          expect(result.refusal.message).not.toMatch(/undefined|\[object/);
        }
      }),
      lawRuns(400),
    );
  }, 30_000);

  test("200 edits: undo all gives the start, redo all gives the end", () => {
    fc.assert(
      fc.property(choices(), (pick) => {
        const states = [SHOP_MAP];
        const done: { edit: Edit; inverse: Edit }[] = [];
        for (let round = 0; done.length < 200 && round < 2_000; round++) {
          const now = states.at(-1) ?? SHOP_MAP;
          const edit = randomEdit(now, pick);
          const result = applyEdit(now, edit);
          if (!result.ok) continue;
          states.push(result.document);
          done.push({ edit, inverse: result.inverse });
        }
        expect(done.length).toBe(200);
        const end = states.at(-1) ?? SHOP_MAP;
        const start = done.reduceRight((now, { inverse }) => applyOrFail(now, inverse), end);
        expect(start).toEqual(SHOP_MAP);
        const again = done.reduce((now, { edit }) => applyOrFail(now, edit), start);
        expect(again).toEqual(end);
      }),
      lawRuns(10),
    );
  }, 30_000);

  test("that does not collide with another commutes with it", () => {
    let met = 0;
    fc.assert(
      fc.property(mapDocuments, choices(), (document, pick) => {
        const [one, other] = [randomEdit(document, pick), randomEdit(document, pick)];
        const [first, second] = [applyEdit(document, one), applyEdit(document, other)];
        if (!first.ok || !second.ok || editsCollide(document, one, other)) return;
        const [left, right] = [applyEdit(first.document, other), applyEdit(second.document, one)];
        expect(left.ok && right.ok).toBe(true);
        if (!left.ok || !right.ok) return;
        met += 1;
        expect(unordered(left.document)).toEqual(unordered(right.document));
      }),
      lawRuns(600),
    );
    expect(met).toBeGreaterThan(50);
  }, 30_000);
});

/** Two people who each add something see it in the order of arrival; that order means nothing. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(unordered);
    const named = items.every((item) => typeof item === "object" && item !== null && "id" in item);
    if (!named) return items;
    return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, unordered(item)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

describe("removing", () => {
  test("a system takes its bindings and its place in every ownership rule", () => {
    const result = applyEdit(SHOP_MAP, { type: "remove-system", system: "erp" });
    expect(result.ok).toBe(true);
    if (!result.ok) return;
    expect(JSON.stringify(result.document)).not.toContain('"erp"');
    expect(result.label).toBe("Remove system ERP");
    expect(applyOrFail(result.document, result.inverse)).toEqual(SHOP_MAP);
  });

  test("a field takes its edges and match keys", () => {
    const edit: Edit = { type: "remove-field", entity: "product", field: "sku" };
    const result = applyEdit(SHOP_MAP, edit);
    expect(result.ok && result.document.entities[0]?.matchKeys).toEqual([]);
    expect(result.ok && result.document.bindings[0]?.edges.some((one) => one.id === "sku")).toBe(
      false,
    );
  });

  test("the title field is refused, with the way out", () => {
    const edit: Edit = { type: "remove-field", entity: "product", field: "name" };
    const result = applyEdit(SHOP_MAP, edit);
    expect(!result.ok && result.refusal.message).toBe(
      "Product takes the field name as its title and has no such field. " +
        "Choose another title first.",
    );
  });
});

describe("a refusal names the place", () => {
  test.each<[Edit, string]>([
    [
      { type: "disconnect", binding: "erp-product", edge: "nope" },
      "ERP public.products › edge nope is not in this draft any more.",
    ],
    [
      { type: "set-policy", entity: "product", field: "colour", policy: { kind: "newest" } },
      "Product › colour is not in this draft any more.",
    ],
    [
      { type: "add-system", system: { id: "erp", name: "Other", code: "OT", line: 2 } },
      "The map has more than one system with the id erp.",
    ],
    [
      {
        type: "set-ownership",
        entity: "product",
        field: "price",
        ownership: { tiers: [{ systems: ["pim"], when: "always" }], refused: "revert" },
      },
      "Product › Price is owned by the system pim, which the map does not have.",
    ],
  ])("%j", (edit, words) => {
    const result = applyEdit(SHOP_MAP, edit);
    expect(!result.ok && result.refusal.message).toContain(words);
  });
});

test("an empty map can be drawn from nothing and erased again", () => {
  const edit: Edit = { type: "replace-document", document: SHOP_MAP, label: "Bring in a file" };
  const result = applyEdit(EMPTY_MAP, edit);
  expect(result.ok && applyOrFail(result.document, result.inverse)).toEqual(EMPTY_MAP);
});

test("key order and missing keys mean nothing when two values are compared", () => {
  expect(isSame({ a: 1, b: [undefined] }, { b: [undefined], a: 1, c: undefined })).toBe(true);
  expect(isSame({ a: 1 }, { a: 2 })).toBe(false);
  expect(isSame([1], { 0: 1 })).toBe(false);
  expect(isSame([1, 2], [2, 1])).toBe(false);
});
