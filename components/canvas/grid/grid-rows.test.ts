import { expect, test } from "vitest";
import { groupEdit } from "../../../server/core/map/edits/groups.ts";
import { applyEdit } from "../../../server/core/map/edits.ts";
import type { ObjectSchema } from "../../../server/core/map/object-schema.ts";
import { SHOP_MAP } from "../../../server/core/map/testing/shop-map.ts";
import { type Lens, WHOLE } from "../lens.ts";
import { COLUMN_ROWS_MAX, columnsLeftOut, gridRows } from "./grid-rows.ts";

const [product] = SHOP_MAP.entities;
if (product === undefined) throw new Error("The map for tests has an entity.");
const to = { name: "Value", fields: ["name", "stock"], policy: { kind: "review" as const } };
const grouped = applyEdit(SHOP_MAP, groupEdit(product, { group: "value", to }));
if (!grouped.ok) throw new Error(grouped.refusal.message);
const freed = applyEdit(grouped.document, {
  ...{ type: "disconnect", binding: "erp-product", edge: "stock" },
});
if (!freed.ok) throw new Error(freed.refusal.message);

const column = { type: "text", nativeType: "text", nullable: true } as const;
const SCHEMA: ObjectSchema = {
  ...{ name: "public.products", kind: "table", key: ["sku"], uniques: [], references: [] },
  columns: ["sku", "title", "stock", "colour"].map((name) => ({
    ...{ ...column, name, hasDefault: false, readOnly: false },
  })),
};

function shownBy(lens: Lens, schema = SCHEMA) {
  const { document } = freed as Extract<typeof freed, { ok: true }>;
  const [entity] = document.entities;
  if (entity === undefined) throw new Error("The map for tests has an entity.");
  const schemaOf = ({ object }: { object: string }) => (object === schema.name ? schema : null);
  return { document, entity, schemaOf, lens };
}

function rows(lens: Lens): string[] {
  return gridRows(shownBy(lens)).map((row) => {
    if (row.kind === "columns") return `columns ${Object.values(row.columns).join(" ")}`;
    return row.kind === "group" ? `[${row.name} ${row.fields.length}]` : row.id;
  });
}

test("fields that are decided together stand together, at the place of the first", () => {
  expect(rows(WHOLE)).toEqual(["sku", "[Value 2]", "name", "stock", "price"]);
});

test("a folded group is one row with its count", () => {
  expect(rows({ ...WHOLE, folded: ["value"] })).toEqual(["sku", "[Value 2]", "price"]);
});

test("unmapped only: fields that some system lacks, then columns that lead nowhere", () => {
  const only = { ...WHOLE, unmappedOnly: true };
  expect(rows(only)).toEqual(["[Value 1]", "stock", "columns stock", "columns colour"]);
});

test("more columns that lead nowhere than are listed are counted", () => {
  const only = { ...WHOLE, unmappedOnly: true };
  const more = Array.from({ length: COLUMN_ROWS_MAX + 7 }, (_, at) => ({
    ...{ ...column, name: `more_${at}`, hasDefault: false, readOnly: false },
  }));
  const wide = { ...SCHEMA, columns: [...SCHEMA.columns, ...more] };
  // Beside them are stock and colour.
  expect(columnsLeftOut(shownBy(only, wide))).toBe(9);
  expect(columnsLeftOut(shownBy(WHOLE, wide))).toBe(0);
  expect(columnsLeftOut(shownBy(only))).toBe(0);
});
