import { base, en, Faker } from "@faker-js/faker";
import countries from "i18n-iso-countries";
import english from "i18n-iso-countries/langs/en.json" with { type: "json" };
import type { SandboxSystem } from "./shapes.ts";

countries.registerLocale(english);

export type Rows = readonly Readonly<Record<string, unknown>>[];
/** Table name → its rows, in an order that its references allow. */
export type SandboxRows = Readonly<Record<SandboxSystem, ReadonlyMap<string, Rows>>>;

export type SandboxSize = { readonly products: number; readonly customers: number };
export const SANDBOX_SIZE: SandboxSize = { products: 5_000, customers: 2_000 };

const COUNTRIES = [
  "AT",
  "BE",
  "CH",
  "CZ",
  "DE",
  "DK",
  "ES",
  "FI",
  "FR",
  "GB",
  "IE",
  "IT",
  "NL",
].concat(["NO", "PL", "PT", "SE", "SI", "US", "CN", "JP", "IN", "VN", "TR"]);

const nameOf = (iso: string): string => countries.getName(iso, "en") ?? iso;

/**
 * Makes the same rows for the same seed. The systems agree on nearly everything: some rows are
 * missing on one side, some prices are stale in the shop, and a few names differ, as after years.
 */
export function generateRows(seed: number, size: SandboxSize = SANDBOX_SIZE): SandboxRows {
  const faker = new Faker({ locale: [en, base], seed });
  const products = generateProducts(faker, size.products);
  const customers = generateCustomers(faker, size.customers);
  return {
    erp: new Map<string, Rows>([
      ["categories", CATEGORIES.map(([code, label]) => ({ code, label }))],
      ["products", products.map((product) => product.erp)],
      ["customers", customers.map((customer) => customer.erp)],
    ]),
    shop: new Map<string, Rows>([
      ["countries", COUNTRIES.map((iso) => ({ iso, label: nameOf(iso) }))],
      ["items", products.flatMap(({ shop }) => (shop === null ? [] : [shop]))],
      ["accounts", customers.flatMap(({ shop }) => (shop === null ? [] : [shop]))],
    ]),
    crm: new Map<string, Rows>([
      ["catalogue", products.flatMap(({ crm }) => (crm === null ? [] : [crm]))],
      ["contacts", customers.flatMap(({ crm }) => (crm === null ? [] : [crm]))],
    ]),
  };
}

const CATEGORIES = [
  ["TOOLS", "Tools"],
  ["GARDEN", "Garden"],
  ["KITCHEN", "Kitchen"],
  ["OFFICE", "Office"],
  ["LIGHT", "Lighting"],
] as const;

const STATUSES = [
  { erp: "A", shop: "active", crm: "In sale", weight: 90 },
  { erp: "H", shop: "paused", crm: "Suspended", weight: 6 },
  { erp: "D", shop: "ended", crm: "Retired", weight: 4 },
] as const;

type Row = Readonly<Record<string, unknown>>;
type Spread = { readonly erp: Row; readonly shop: Row | null; readonly crm: Row | null };

function generateProducts(faker: Faker, count: number): Spread[] {
  return Array.from({ length: count }, (_, index) => {
    const sku = `P-${String(index + 1).padStart(5, "0")}`;
    const name = `${faker.commerce.productName()} ${faker.string.alphanumeric({ length: 3, casing: "upper" })}`;
    const cents = faker.number.int({ min: 99, max: 250_000 });
    const stock = faker.number.int({ min: 0, max: 900 });
    const status = faker.helpers.weightedArrayElement(
      STATUSES.map((value) => ({ value, weight: value.weight })),
    );
    const iso = faker.helpers.arrayElement(COUNTRIES);
    const [category] = faker.helpers.arrayElement(CATEGORIES);
    const price = (cents / 100).toFixed(2);
    const [erp, otherName] = [status.erp, index % 400 === 17 ? `${name} (new)` : name];
    // A stale price: the ERP owns it, so the shop is set right by the first load.
    const shopCents = index % 50 === 7 ? cents + 100 : cents;
    const shop = { sku, title: otherName, price_cents: shopCents, inventory: stock };
    return {
      erp: {
        product_no: sku,
        description: name,
        net_price: price,
        stock_qty: stock,
        status: erp,
        origin: nameOf(iso),
        category,
      },
      shop: index % 10 === 9 ? null : { ...shop, state: status.shop, origin_iso: iso },
      crm: index % 5 === 4 ? null : { code: sku, name, list_price: price, life_cycle: status.crm },
    };
  });
}

function generateCustomers(faker: Faker, count: number): Spread[] {
  return Array.from({ length: count }, (_, index) => {
    const given = faker.person.firstName();
    const family = faker.person.lastName();
    const local = `${given}.${family}.${index + 1}`.toLowerCase().replace(/[^a-z0-9.]/g, "");
    const email = `${local}@example.com`;
    const phone = `+49 30 ${faker.string.numeric({ length: 7, allowLeadingZeros: false })}`;
    const iso = faker.helpers.arrayElement(COUNTRIES);
    const blocked = index % 60 === 11;
    // Mail addresses are typed in many ways: case means nothing in them.
    const typed = index % 30 === 3 ? email.replace(/^./, (letter) => letter.toUpperCase()) : email;
    return {
      erp: {
        full_name: `${given} ${family}`,
        email,
        phone,
        country: nameOf(iso),
        credit_block: blocked,
      },
      shop:
        index % 4 === 3
          ? null
          : { email: typed, first_name: given, last_name: family, phone, country_iso: iso },
      crm:
        index % 6 === 5
          ? null
          : {
              mail: email,
              given_name: given,
              family_name: family,
              phone,
              country_name: nameOf(iso),
              account_state: blocked ? "blocked" : "open",
            },
    };
  });
}
