import postgres from "postgres";

/**
 * Both sides of the Northwind pair in one common form, read by plain SQL. What their columns mean
 * is said here a second time on purpose: nothing of the product's mapping is used.
 */
const READINGS: readonly Reading[] = [
  {
    entity: "customer",
    erp: `select "CustomerID" as key, "CompanyName" as company,
      trim(regexp_replace("ContactName", '\\s+', ' ', 'g')) as contact, "ContactTitle" as job,
      "Address" as street, "City" as town, "Region" as region, "PostalCode" as zip,
      trim("Country") as country_name, "Phone" as phone, "Fax" as fax from "Customers"`,
    shop: `select code as key, company, nullif(concat_ws(' ', given_name, family_name), '')
        as contact, job, street, town, region, zip, country_iso as country, phone, fax
      from clients`,
  },
  {
    entity: "supplier",
    erp: `select "SupplierID"::text as key, "CompanyName" as name,
      trim(regexp_replace("ContactName", '\\s+', ' ', 'g')) as contact, "ContactTitle" as role,
      "Address" as street, "City" as town, "Region" as region, "PostalCode" as zip,
      trim("Country") as country_name, "Phone" as phone, "HomePage" as website from "Suppliers"`,
    shop: `select coalesce(vendor_no::text, 'without number ' || title) as key, title as name,
        nullif(concat_ws(' ', first_name, last_name), '') as contact, role, street, town, region,
        zip, country_iso as country, phone, website from vendors`,
  },
  {
    entity: "product",
    erp: `select "ProductID"::text as key, "ProductName" as name,
      coalesce("QuantityPerUnit", '') as pack, ("UnitPrice" * 100)::bigint::text as cents,
      "UnitsInStock"::text as stock, ("Discontinued" = '0')::text as on_sale,
      "SupplierID"::text as supplier from "Products"`,
    shop: `select coalesce(article_no::text, 'without number ' || title) as key, title as name,
      pack, price_cents::text as cents, in_stock::text as stock, on_sale::text as on_sale,
      (select v.vendor_no::text from vendors v where v.id = vendor) as supplier from articles`,
  },
  {
    entity: "order",
    erp: `select "OrderID"::text as key, "CustomerID" as customer,
      "OrderDate"::text as ordered, "ShippedDate"::text as shipped,
      ("Freight" * 100)::bigint::text as freight from "Orders"`,
    shop: `select purchase_no::text as key,
      (select c.code from clients c where c.id = client) as customer,
      (ordered_at at time zone 'UTC')::text as ordered,
      (shipped_at at time zone 'UTC')::text as shipped, freight_cents::text as freight
      from purchases`,
  },
  {
    entity: "order line",
    erp: `select "OrderID" || ' ' || "ProductID" as key, "Quantity"::text as pieces,
      ("UnitPrice" * 100)::bigint::text as cents,
      round("Discount"::numeric * 100, 2)::text as discount from "Order Details"`,
    shop: `select purchase_no || ' ' || article_no as key, pieces::text as pieces,
      piece_cents::text as cents, discount_percent::text as discount
      from purchase_lines join articles on article_id = article`,
  },
];

type Reading = { readonly entity: string; readonly erp: string; readonly shop: string };

/** What was compared, and every difference in words. */
export type Comparison = {
  readonly rows: Readonly<Record<string, number>>;
  readonly values: number;
  readonly differences: readonly string[];
};

/** Compares every row and field of both databases. */
export async function compareNorthwind(urls: {
  readonly erp: string;
  readonly shop: string;
}): Promise<Comparison> {
  const rows: Record<string, number> = {};
  const compared: Compared[] = [];
  for (const { entity, erp, shop } of READINGS) {
    const [left, right] = [await read(urls.erp, erp), await read(urls.shop, shop)];
    rows[entity] = left.size;
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      compared.push(...compareRow(`${entity} ${key}`, left.get(key), right.get(key)));
    }
  }
  const differences = compared.filter(({ erp, shop }) => erp !== shop).map(describe);
  return { rows, values: compared.length, differences };
}

type Compared = {
  readonly place: string;
  readonly erp: string | null;
  readonly shop: string | null;
};

function compareRow(place: string, erp: Row | undefined, shop: Row | undefined): Compared[] {
  if (erp === undefined) return [{ place, erp: "is missing", shop: "is there" }];
  if (shop === undefined) return [{ place, erp: "is there", shop: "is missing" }];
  return Object.keys(erp).map((field) => ({
    ...{ place: `${place} ${field}`, erp: erp[field] ?? null, shop: shop[field] ?? null },
  }));
}

function describe({ place, erp, shop }: Compared): string {
  return `${place}: ERP ${JSON.stringify(erp)}, shop ${JSON.stringify(shop)}`;
}

type Row = Record<string, string | null>;

async function read(url: string, query: string): Promise<Map<string, Row>> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const found = await sql.unsafe(query);
    return new Map(found.map(({ key, ...row }) => [String(key), commonForm(row)]));
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function commonForm(row: Row): Row {
  const { country_name: name, ...rest } = row;
  const country = name === undefined ? {} : { country: isoOf(name) };
  const all = Object.entries({ ...rest, ...country });
  return Object.fromEntries(all.map(([field, value]) => [field, value?.normalize("NFC") ?? null]));
}

function isoOf(name: string | null): string | null {
  return name === null ? null : (COUNTRIES[name] ?? `unknown ${name}`);
}

const COUNTRIES: Readonly<Record<string, string>> = {
  ...{ Argentina: "AR", Australia: "AU", Austria: "AT", Belgium: "BE", Brazil: "BR" },
  ...{ Canada: "CA", Denmark: "DK", Finland: "FI", France: "FR", Germany: "DE", Ireland: "IE" },
  ...{ Italy: "IT", Japan: "JP", Mexico: "MX", Netherlands: "NL", Norway: "NO", Poland: "PL" },
  ...{ Portugal: "PT", Singapore: "SG", Spain: "ES", Sweden: "SE", Switzerland: "CH" },
  ...{ UK: "GB", USA: "US", Venezuela: "VE" },
};
