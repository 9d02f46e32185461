import { MapDocument } from "../core/map/document.ts";

const statusTable = (codes: readonly (readonly [string, string])[]) => ({
  transform: "value-table",
  settings: { rows: codes.map(([from, to]) => ({ from, to })) },
});

const country = (column: "name" | "alpha-2") => ({
  transform: "country-code",
  settings: { column, field: "alpha-2" },
});

const one = (column: string, field: string, steps: unknown[] = []) => ({
  id: field,
  columns: [column],
  fields: [field],
  steps,
});

/** The ready-drawn map of the sandbox: products and customers in three systems. */
export const SANDBOX_MAP: MapDocument = MapDocument.parse({
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
        { id: "sku", name: "SKU", type: "text", group: "Key", validation: [{ kind: "required" }] },
        {
          id: "name",
          name: "Name",
          type: "text",
          group: "Offer",
          policy: { kind: "review" },
          validation: [{ kind: "required" }, { kind: "length", max: 120 }],
        },
        {
          id: "price",
          name: "Price",
          type: "decimal",
          group: "Offer",
          note: "Euro without tax",
          ownership: {
            tiers: [{ systems: ["erp"] }, { systems: ["shop"], when: "blank" }],
            refused: "revert",
          },
          policy: { kind: "newest" },
          validation: [{ kind: "range", min: "0" }],
        },
        {
          id: "stock",
          name: "Stock",
          type: "integer",
          group: "Offer",
          policy: { kind: "sum-of-deltas" },
        },
        {
          id: "status",
          name: "Status",
          type: "enum",
          group: "Offer",
          options: { values: ["active", "on-hold", "discontinued"] },
          ownership: { tiers: [{ systems: ["erp"] }, { systems: ["shop"] }], refused: "review" },
          policy: { kind: "ranked" },
        },
        {
          id: "origin",
          name: "Country of origin",
          type: "text",
          group: "Trade",
          policy: { kind: "newest" },
        },
      ],
    },
    {
      id: "customer",
      name: "Customer",
      title: "family",
      matchKeys: [["email"]],
      fields: [
        {
          id: "email",
          name: "Email",
          type: "text",
          group: "Key",
          options: { ignoreCase: true, trim: true },
          validation: [
            { kind: "required" },
            { kind: "pattern", pattern: "[^@\\s]+@[^@\\s]+\\.[^@\\s]+" },
          ],
        },
        { id: "given", name: "Given name", type: "text", group: "Name" },
        { id: "family", name: "Family name", type: "text", group: "Name" },
        { id: "phone", name: "Phone", type: "text", group: "Contact", policy: { kind: "newest" } },
        {
          id: "country",
          name: "Country",
          type: "text",
          group: "Contact",
          ownership: { tiers: [{ systems: ["crm"] }, { systems: ["erp", "shop"] }] },
          policy: { kind: "newest" },
        },
        {
          id: "blocked",
          name: "Credit block",
          type: "boolean",
          group: "Credit",
          ownership: { tiers: [{ systems: ["erp"] }], refused: "keep-apart" },
        },
      ],
    },
  ],
  bindings: [
    {
      id: "erp-products",
      system: "erp",
      object: "public.products",
      entity: "product",
      whenRowGone: "review",
      edges: [
        one("product_no", "sku"),
        one("description", "name"),
        one("net_price", "price"),
        one("stock_qty", "stock"),
        one("status", "status", [
          statusTable([
            ["A", "active"],
            ["H", "on-hold"],
            ["D", "discontinued"],
          ]),
        ]),
        one("origin", "origin", [country("name")]),
      ],
    },
    {
      id: "shop-items",
      system: "shop",
      object: "public.items",
      entity: "product",
      edges: [
        one("sku", "sku"),
        one("title", "name"),
        one("price_cents", "price", [
          { transform: "scale", settings: { operation: "divide", factor: "100" } },
        ]),
        one("inventory", "stock"),
        one("state", "status", [
          statusTable([
            ["active", "active"],
            ["paused", "on-hold"],
            ["ended", "discontinued"],
          ]),
        ]),
        one("origin_iso", "origin"),
      ],
    },
    {
      id: "crm-catalogue",
      system: "crm",
      object: "public.catalogue",
      entity: "product",
      createsRecords: false,
      edges: [
        one("code", "sku"),
        one("name", "name"),
        one("list_price", "price"),
        one("life_cycle", "status", [
          statusTable([
            ["In sale", "active"],
            ["Suspended", "on-hold"],
            ["Retired", "discontinued"],
          ]),
        ]),
      ],
    },
    {
      id: "erp-customers",
      system: "erp",
      object: "public.customers",
      entity: "customer",
      edges: [
        {
          id: "name",
          columns: ["full_name"],
          fields: ["given", "family"],
          steps: [{ transform: "split-name", settings: {} }],
        },
        one("email", "email"),
        one("phone", "phone"),
        one("country", "country", [country("name")]),
        one("credit_block", "blocked"),
      ],
    },
    {
      id: "shop-accounts",
      system: "shop",
      object: "public.accounts",
      entity: "customer",
      edges: [
        one("email", "email"),
        one("first_name", "given"),
        one("last_name", "family"),
        one("phone", "phone"),
        one("country_iso", "country"),
      ],
    },
    {
      id: "crm-contacts",
      system: "crm",
      object: "public.contacts",
      entity: "customer",
      edges: [
        one("mail", "email"),
        one("given_name", "given"),
        one("family_name", "family"),
        one("phone", "phone"),
        one("country_name", "country", [country("name")]),
        one("account_state", "blocked", [
          {
            transform: "value-table",
            settings: {
              rows: [
                { from: "open", to: false },
                { from: "blocked", to: true },
              ],
            },
          },
        ]),
      ],
    },
  ],
});
