import { MapDocument } from "../document.ts";

/** A small whole map for tests: one entity between three systems. */
export const SHOP_MAP: MapDocument = MapDocument.parse({
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
        { id: "name", name: "Name", type: "text", options: { trim: true } },
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
      edges: [
        { id: "sku", columns: ["sku"], fields: ["sku"] },
        { id: "name", columns: ["title"], fields: ["name"] },
        { id: "price", columns: ["price"], fields: ["price"] },
        { id: "stock", columns: ["stock"], fields: ["stock"] },
      ],
    },
    {
      id: "shop-product",
      system: "shop",
      object: "public.items",
      entity: "product",
      edges: [
        { id: "sku", columns: ["code"], fields: ["sku"] },
        { id: "name", columns: ["name"], fields: ["name"] },
        {
          id: "price",
          columns: ["price_cents"],
          fields: ["price"],
          steps: [{ transform: "scale", settings: { operation: "divide", factor: "100" } }],
        },
      ],
    },
  ],
});
