import { MapDocument } from "../../core/map/document.ts";
import { ObjectSchema } from "../../core/map/object-schema.ts";

const column = (name: string, type: string, more: object = {}) => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  hasDefault: false,
  readOnly: false,
  ...more,
});

const table = (name: string, columns: object[]) =>
  ObjectSchema.parse({ name, kind: "table", key: ["id"], columns, uniques: [], references: [] });

/** What the three systems hold: the same products in shapes of their own. */
export const TRIO_SCHEMAS: Readonly<Record<string, readonly ObjectSchema[]>> = {
  erp: [
    table("public.products", [
      column("id", "text"),
      column("sku", "text"),
      column("title", "text"),
      column("price", "text"),
      column("stock", "integer"),
    ]),
  ],
  shop: [
    table("public.items", [
      column("id", "text"),
      column("code", "text"),
      column("name", "text", { lengthMax: 24, nativeType: "varchar(24)" }),
      column("price_cents", "integer"),
    ]),
  ],
  crm: [
    table("public.offers", [column("id", "text"), column("sku", "text"), column("label", "text")]),
  ],
};

const edge = (id: string, name: string, more: object = {}) => ({
  id,
  columns: [name],
  fields: [id],
  ...more,
});

/**
 * Three systems that share products, small enough to follow by eye. Name: whoever edits, a clash is
 * asked. Price: ERP owns it, Shop may fill it. Stock: deltas.
 */
export const TRIO_MAP: MapDocument = MapDocument.parse({
  format: 1,
  systems: [
    { id: "erp", name: "ERP", code: "ER", line: 1 },
    { id: "shop", name: "Shop", code: "SH", line: 2 },
    { id: "crm", name: "CRM", code: "CR", line: 3 },
  ],
  entities: [
    {
      id: "product",
      name: "Product",
      title: "name",
      matchKeys: [["sku"]],
      fields: [
        { id: "sku", name: "SKU", type: "text", validation: [{ kind: "required" }] },
        {
          id: "name",
          name: "Name",
          type: "text",
          options: { trim: true },
          validation: [{ kind: "length", max: 60 }],
        },
        {
          id: "price",
          name: "Price",
          type: "decimal",
          policy: { kind: "newest" },
          validation: [{ kind: "range", min: "0" }],
          ownership: {
            tiers: [{ systems: ["erp"] }, { systems: ["shop"], when: "blank" }],
            refused: "revert",
          },
        },
        { id: "stock", name: "Stock", type: "integer", policy: { kind: "sum-of-deltas" } },
      ],
    },
  ],
  bindings: [
    {
      id: "erp-product",
      system: "erp",
      object: "public.products",
      entity: "product",
      whenRecordDeleted: "delete",
      edges: [
        edge("sku", "sku"),
        edge("name", "title"),
        edge("price", "price"),
        edge("stock", "stock"),
      ],
    },
    {
      id: "shop-product",
      system: "shop",
      object: "public.items",
      entity: "product",
      whenRowGone: "delete",
      whenRecordDeleted: "delete",
      edges: [
        edge("sku", "code"),
        edge("name", "name"),
        edge("price", "price_cents", {
          steps: [{ transform: "scale", settings: { operation: "divide", factor: "100" } }],
        }),
      ],
    },
    {
      id: "crm-product",
      system: "crm",
      object: "public.offers",
      entity: "product",
      whenRecordDeleted: "delete",
      edges: [edge("sku", "sku"), edge("name", "label")],
    },
  ],
});
