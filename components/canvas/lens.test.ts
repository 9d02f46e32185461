import { expect, test } from "vitest";
import type { MapDocument } from "../../server/core/map/document.ts";
import type { Edit } from "../../server/core/map/edits/edit.ts";
import { groupEdit } from "../../server/core/map/edits/groups.ts";
import { applyEdit } from "../../server/core/map/edits.ts";
import { SHOP_MAP } from "../../server/core/map/testing/shop-map.ts";
import { hiddenCounts, lensThatShows } from "./lens.ts";

function bound(document: MapDocument) {
  const [entity] = document.entities;
  if (entity === undefined) throw new Error("The map for tests has an entity.");
  return { document, entity };
}

function edited(edit: Edit): MapDocument {
  const result = applyEdit(SHOP_MAP, edit);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.document;
}

const ONLY = { unmappedOnly: true, folded: ["value", "other"] };
const TOGETHER = edited(
  groupEdit(bound(SHOP_MAP).entity, {
    ...{ group: "value" },
    to: { name: "Value", fields: ["name", "price"], policy: { kind: "review" } },
  }),
);

test("it says how many fields and columns are hidden, each once", () => {
  expect(hiddenCounts(bound(SHOP_MAP))).toEqual({ fields: 3, columns: 7 });
  const freed = edited({ type: "disconnect", binding: "erp-product", edge: "price" });
  expect(hiddenCounts(bound(freed))).toEqual({ fields: 2, columns: 6 });
});

test("an entity without objects hides nothing", () => {
  const { document, entity } = bound(SHOP_MAP);
  const alone = { document: { ...document, bindings: [] }, entity };
  expect(hiddenCounts(alone)).toEqual({ fields: 0, columns: 0 });
});

test("what is mapped is seen when the lens is left; its group opens", () => {
  const shown = lensThatShows(bound(TOGETHER), ONLY, { kind: "field", field: "price" });
  expect(shown).toEqual({ unmappedOnly: false, folded: ["other"] });
  const edge = { kind: "edge", binding: "erp-product", edge: "stock" } as const;
  expect(lensThatShows(bound(TOGETHER), ONLY, edge)).toEqual({ ...ONLY, unmappedOnly: false });
});

test("what leads nowhere is seen under the lens", () => {
  const column = { kind: "column", binding: "erp-product", column: "colour" } as const;
  expect(lensThatShows(bound(SHOP_MAP), ONLY, column)).toEqual(ONLY);
});
