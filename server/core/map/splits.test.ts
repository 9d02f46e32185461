import { describe, expect, test } from "vitest";
import { changedBindings, diffMaps } from "./diff.ts";
import type { Entity, MapDocument } from "./document.ts";
import type { Edit } from "./edits/edit.ts";
import { dimensionEdit, type SplitChange, splitEdit, splitEnd } from "./edits/splits.ts";
import { applyEdit } from "./edits.ts";
import { LANGUAGE } from "./testing/language.ts";
import { SHOP_MAP } from "./testing/shop-map.ts";

/** The shop's map with languages, and with a name per language where `change` says so. */

function edited(document: MapDocument, ...edits: ((now: MapDocument) => Edit)[]): MapDocument {
  return edits.reduce((now, edit) => {
    const result = applyEdit(now, edit(now));
    if (!result.ok) throw new Error(result.refusal.message);
    return result.document;
  }, document);
}

function refusal(document: MapDocument, edit: Edit): string {
  const result = applyEdit(document, edit);
  return result.ok ? "made" : result.refusal.message;
}

const product = (document: MapDocument): Entity => document.entities[0] as Entity;
const fieldsOf = (document: MapDocument) =>
  product(document).fields.map(({ id, name }) => [id, name]);
const fieldOf = (document: MapDocument, id: string) =>
  product(document).fields.find((field) => field.id === id);

const ERP_OWNS = {
  tiers: [{ systems: ["erp"], when: "always" as const }],
  refused: "revert" as const,
};
const SHOP_OWNS = { ...ERP_OWNS, tiers: [{ systems: ["shop"], when: "always" as const }] };

const text = { type: "text" as const, policy: { kind: "review" as const }, validation: [] };
const NAME: SplitChange = {
  split: "name",
  to: { ...text, name: "Name", per: "language", options: { trim: true } },
  adopted: { en: "name" },
};

const withLanguages = edited(SHOP_MAP, (now) => dimensionEdit(now, LANGUAGE));
const split = (now: MapDocument, change: SplitChange) => splitEdit(now, product(now), change);
const NAMES = edited(withLanguages, (now) => split(now, NAME));

describe("a field with a value per language", () => {
  test("keeps the field that was there as one of its own, edges and all", () => {
    expect(fieldsOf(NAMES)).toEqual([
      ["sku", "SKU"],
      ["name", "Name · English"],
      ["name-de", "Name · German"],
      ["price", "Price"],
      ["stock", "Stock"],
    ]);
    expect(NAMES.bindings).toEqual(SHOP_MAP.bindings);
    expect(fieldOf(NAMES, "name")?.split).toEqual({ of: "name", member: "en" });
  });

  test("takes separate fields of before together", () => {
    const before = edited(withLanguages, () => ({
      type: "add-field",
      entity: "product",
      field: { ...text, id: "name-de", name: "Name DE" },
    }));
    const now = edited(before, (map) =>
      split(map, { ...NAME, adopted: { en: "name", de: "name-de" } }),
    );
    expect(fieldsOf(now).slice(1, 3)).toEqual([
      ["name", "Name · English"],
      ["name-de", "Name · German"],
    ]);
  });

  test("says once who owns all of them, and one of them may say otherwise", () => {
    const owned = edited(
      NAMES,
      () => ({ type: "set-ownership", entity: "product", field: "name-de", ownership: SHOP_OWNS }),
      (now) => split(now, { split: "name", to: { ...NAME.to, ownership: ERP_OWNS } }),
    );
    expect(fieldOf(owned, "name")?.ownership).toEqual(ERP_OWNS);
    expect(fieldOf(owned, "name-de")?.ownership).toEqual(SHOP_OWNS);
  });

  test("gets a field more with a new language, as it is said for all", () => {
    const more = { ...LANGUAGE, members: [...LANGUAGE.members, { id: "fr", name: "French" }] };
    const owned = edited(
      NAMES,
      (now) => split(now, { split: "name", to: { ...NAME.to, ownership: ERP_OWNS } }),
      (now) => dimensionEdit(now, more),
    );
    expect(fieldOf(owned, "name-fr")).toEqual({
      ...{ id: "name-fr", name: "Name · French", split: { of: "name", member: "fr" } },
      ...{ ...text, options: { trim: true }, ownership: ERP_OWNS },
    });
    const less = edited(owned, (now) => dimensionEdit(now, LANGUAGE));
    expect(fieldOf(less, "name-fr")).toBeUndefined();
  });

  test("ends with its fields kept as they are, or removed", () => {
    const kept = edited(NAMES, (now) => splitEnd(product(now), "name", "keep"));
    expect(fieldOf(kept, "name-de")).toEqual({
      ...{ ...text, id: "name-de", name: "Name · German", options: { trim: true } },
    });
    expect(product(kept).splits).toBeUndefined();
    const titled = edited(NAMES, () => ({
      ...{ type: "change-entity", entity: "product", changes: { title: "sku" } },
    }));
    const gone = edited(titled, (now) => splitEnd(product(now), "name", "remove"));
    expect(fieldsOf(gone).map(([id]) => id)).toEqual(["sku", "price", "stock"]);
    expect(gone.bindings[0]?.edges.map(({ id }) => id)).toEqual(["sku", "price", "stock"]);
  });

  test("moves as a whole, and nothing comes between its fields", () => {
    const moved = edited(NAMES, () => ({
      ...{ type: "move-field", entity: "product", field: "name-de", to: 2 },
    }));
    const ids = (document: MapDocument) => fieldsOf(document).map(([id]) => id);
    expect(ids(moved)).toEqual(["sku", "price", "name", "name-de", "stock"]);
    const added = edited(moved, () => ({
      ...{ type: "add-field", entity: "product", field: { ...text, id: "x", name: "X" }, at: 3 },
    }));
    expect(ids(added)).toEqual(["sku", "price", "name", "name-de", "x", "stock"]);
  });

  test("is told in a difference once, and of a single language only where that differs", () => {
    const owned = edited(NAMES, (now) =>
      split(now, { split: "name", to: { ...NAME.to, ownership: ERP_OWNS } }),
    );
    const linesOf = (before: MapDocument, after: MapDocument) =>
      diffMaps(before, after).entities.flatMap(({ fields }) =>
        fields.flatMap(({ changes }) => changes.map(({ sentence }) => sentence)),
      );
    expect(linesOf(NAMES, owned)).toEqual(["Who owns Name has changed"]);
    expect(changedBindings(NAMES, owned)).toEqual([
      { binding: "erp-product", change: "changed" },
      { binding: "shop-product", change: "changed" },
    ]);
    expect(linesOf(SHOP_MAP, NAMES)).toEqual([
      "Added: the dimension Language",
      "Added: the field Name",
      "Name is now called Name · English",
      "Added: the field Name · German",
    ]);
  });
});

describe("what a field per language is not", () => {
  test("a field of it cannot be removed, renamed or typed alone", () => {
    const of = { entity: "product", field: "name-de" };
    expect(refusal(NAMES, { type: "remove-field", ...of })).toBe(
      "Product › Name has no field for German. Add it, or take German out of Language.",
    );
    expect(refusal(NAMES, { type: "change-field", ...of, changes: { name: "Titel" } })).toBe(
      "Product › Name has another name for German than it says for all. Set the name for Name as a \
whole.",
    );
    expect(refusal(NAMES, { type: "change-field", ...of, changes: { type: "integer" } })).toBe(
      "Product › Name has another type for German than it says for all. Set the type for Name as a \
whole.",
    );
  });

  test("a default that is no member, a dimension in use that goes, an id that is taken", () => {
    const { id: dimension, ...to } = LANGUAGE;
    expect(refusal(NAMES, { type: "set-dimension", dimension, to: { ...to, default: "fr" } })).toBe(
      "Language takes fr as its default, which is none of its members: en, de. Choose one of them, \
or add it.",
    );
    expect(refusal(NAMES, { type: "set-dimension", dimension, to: null })).toBe(
      "Product › Name has a value per language, which is no dimension of the map. Add the dimension, \
or choose another one.",
    );
    const taken = split(withLanguages, { split: "price", to: { ...NAME.to, name: "Preis" } });
    expect(refusal(withLanguages, taken)).toBe(
      "Product › Preis has the id price, which the field Price has too. Choose another id.",
    );
  });
});
