import type { FieldType } from "../../values/field-value.ts";
import { ColumnSchema, ObjectSchema } from "../object-schema.ts";

/** A column for tests: nullable text unless said otherwise. */
export function column(name: string, changes: Partial<ColumnSchema> = {}): ColumnSchema {
  const type: FieldType = changes.type ?? "text";
  const plain = { nullable: true, hasDefault: false, readOnly: false };
  return ColumnSchema.parse({ name, type, nativeType: type, ...plain, ...changes });
}

export function table(name: string, key: string[], columns: ColumnSchema[]): ObjectSchema {
  return ObjectSchema.parse({ name, kind: "table", key, columns, uniques: [], references: [] });
}

/** What was discovered of the systems of `SHOP_MAP`. */
export const SHOP_SCHEMAS: Record<string, ObjectSchema[]> = {
  erp: [
    table(
      "public.products",
      ["id"],
      [
        column("id", { type: "integer", nullable: false, hasDefault: true }),
        column("sku", { nullable: false }),
        column("title"),
        column("price", { type: "decimal", nativeType: "numeric(10,2)", precision: 10, scale: 2 }),
        column("stock", { type: "integer" }),
        column("updated", { type: "instant", readOnly: true }),
      ],
    ),
    table("public.log", [], [column("line")]),
  ],
  shop: [
    table(
      "public.items",
      ["code"],
      [
        column("code", { nullable: false }),
        column("name"),
        column("price_cents", { type: "integer" }),
      ],
    ),
  ],
  crm: [],
};
