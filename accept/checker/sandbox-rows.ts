import postgres from "postgres";
import type { EntityName, SystemName } from "./journal.ts";

/**
 * The three databases of the sandbox in one common form, read by plain SQL. What their columns
 * mean is said here a second time on purpose: nothing of the product's mapping is used.
 */
export type SystemRows = {
  readonly system: SystemName | "hub";
  readonly entity: EntityName;
  readonly rows: ReadonlyMap<string, FieldTexts>;
  /** Business keys that more than one row has. */
  readonly doubled: readonly string[];
};

/** Field → its value as text; null is no value. */
export type FieldTexts = Readonly<Record<string, string | null>>;

export type Addresses = Readonly<Record<SystemName | "hub", string>>;

type Reading = {
  readonly system: SystemName | "hub";
  readonly entity: EntityName;
  readonly sql: string;
};

const READINGS: readonly Reading[] = [
  {
    system: "erp",
    entity: "product",
    sql: `select product_no as key, description as name, trim_scale(net_price)::text as price,
      stock_qty::text as stock, origin as country_name,
      case status when 'A' then 'active' when 'H' then 'on-hold' when 'D' then 'discontinued'
        else 'unknown ' || status end as status
      from products`,
  },
  {
    system: "shop",
    entity: "product",
    sql: `select sku as key, title as name, trim_scale(price_cents::numeric / 100)::text as price,
      inventory::text as stock, origin_iso as origin,
      case state when 'active' then 'active' when 'paused' then 'on-hold'
        when 'ended' then 'discontinued' else 'unknown ' || state end as status
      from items`,
  },
  {
    system: "crm",
    entity: "product",
    sql: `select code as key, name, trim_scale(list_price)::text as price,
      case life_cycle when 'In sale' then 'active' when 'Suspended' then 'on-hold'
        when 'Retired' then 'discontinued' else 'unknown ' || life_cycle end as status
      from catalogue`,
  },
  {
    system: "hub",
    entity: "product",
    sql: `select values->'sku'->>'v' as key, values->'name'->>'v' as name,
      values->'price'->>'v' as price, values->'stock'->>'v' as stock,
      values->'status'->>'v' as status, values->'origin'->>'v' as origin
      from records where entity = 'product' and deleted_at is null`,
  },
  {
    system: "erp",
    entity: "customer",
    sql: `select lower(trim(email)) as key, full_name as "full", phone, country as country_name,
      credit_block::text as blocked from customers`,
  },
  {
    system: "shop",
    entity: "customer",
    sql: `select lower(trim(email)) as key, first_name as given, last_name as family,
      concat_ws(' ', first_name, last_name) as "full", phone, country_iso as country
      from accounts`,
  },
  {
    system: "crm",
    entity: "customer",
    sql: `select lower(trim(mail)) as key, given_name as given, family_name as family,
      concat_ws(' ', given_name, family_name) as "full", phone, country_name,
      (account_state = 'blocked')::text as blocked from contacts`,
  },
  {
    system: "hub",
    entity: "customer",
    sql: `select lower(trim(values->'email'->>'v')) as key, values->'given'->>'v' as given,
      values->'family'->>'v' as family,
      concat_ws(' ', values->'given'->>'v', values->'family'->>'v') as "full",
      values->'phone'->>'v' as phone, values->'country'->>'v' as country,
      values->'blocked'->>'v' as blocked
      from records where entity = 'customer' and deleted_at is null`,
  },
];

/** English names of the countries that occur in the sandbox. */
const ISO_OF: Readonly<Record<string, string>> = {
  Austria: "AT",
  Belgium: "BE",
  China: "CN",
  "People's Republic of China": "CN",
  "Czech Republic": "CZ",
  Czechia: "CZ",
  Denmark: "DK",
  Finland: "FI",
  France: "FR",
  Germany: "DE",
  India: "IN",
  Ireland: "IE",
  Italy: "IT",
  Japan: "JP",
  Netherlands: "NL",
  Norway: "NO",
  Poland: "PL",
  Portugal: "PT",
  Slovenia: "SI",
  Spain: "ES",
  Sweden: "SE",
  Switzerland: "CH",
  Turkey: "TR",
  Türkiye: "TR",
  "United Kingdom": "GB",
  "United States": "US",
  "United States of America": "US",
  "Viet Nam": "VN",
  Vietnam: "VN",
};

/** Reads all three systems and the hub's own values. */
export async function readSandbox(addresses: Addresses): Promise<SystemRows[]> {
  const all: SystemRows[] = [];
  for (const system of ["erp", "shop", "crm", "hub"] as const) {
    const sql = postgres(addresses[system], { max: 1, onnotice: () => undefined });
    try {
      for (const reading of READINGS.filter((one) => one.system === system)) {
        all.push(collect(reading, await sql.unsafe(reading.sql)));
      }
    } finally {
      await sql.end({ timeout: 5 });
    }
  }
  return all;
}

function collect({ system, entity }: Reading, found: readonly postgres.Row[]): SystemRows {
  const rows = new Map<string, FieldTexts>();
  const doubled: string[] = [];
  for (const row of found) {
    const { key, country_name: countryName, ...fields } = row;
    const texts: Record<string, string | null> = fields;
    if (countryName !== undefined) {
      const field = entity === "product" ? "origin" : "country";
      texts[field] = countryName === null ? null : (ISO_OF[countryName] ?? `name ${countryName}`);
    }
    if (rows.has(String(key))) doubled.push(String(key));
    rows.set(String(key), texts);
  }
  return { system, entity, rows, doubled };
}
