import type { Sql } from "../../db/client.ts";
import type { Pair } from "./pair.ts";

export type Side = "erp" | "shop";

/** What one of the two databases must hold in the end, by plain SQL that gives one value. */
export type Expected = {
  readonly what: string;
  readonly side: Side;
  readonly query: string;
  readonly of: readonly (string | number)[];
  readonly value: string | null;
};

/** Rows that the edits are about, by what they are and not by name. */
export type Chosen = {
  /** Customers who ordered, and some who never did. */
  readonly buyers: readonly string[];
  readonly idle: readonly string[];
  readonly products: readonly number[];
  readonly suppliers: readonly number[];
  readonly order: number;
};

export async function choose({ erp }: Pair): Promise<Chosen> {
  const of = async <Value>(query: string) => {
    const rows = await erp.unsafe<{ key: Value }[]>(query);
    return rows.map(({ key }) => key);
  };
  const ordered = `exists (select 1 from "Orders" o where o."CustomerID" = c."CustomerID")`;
  const customers = (where: string) =>
    of<string>(`select "CustomerID" as key from "Customers" c where ${where} order by 1`);
  return {
    buyers: await customers(ordered),
    idle: await customers(`not ${ordered}`),
    products: await of<number>(`select "ProductID" as key from "Products" order by 1`),
    suppliers: await of<number>(`select "SupplierID" as key from "Suppliers" order by 1`),
    order: (await of<number>(`select min("OrderID") as key from "Orders"`))[0] ?? 0,
  };
}

const customer = (side: Side, column: string) =>
  side === "erp"
    ? `select "${column}"::text from "Customers" where "CustomerID" = $1`
    : `select ${column}::text from clients where code = $1`;
const product = (side: Side, column: string) =>
  side === "erp"
    ? `select "${column}"::text from "Products" where "ProductID" = $1`
    : `select ${column}::text from articles where article_no = $1`;

/** A name with an accent made of two characters, a sign beyond the first plane, and a quote. */
const ODD_NAME = "Cafe\u0301 „Ødegård“ 🧀 O'Hara";
/** Texts are carried in Unicode's composed form; the ERP keeps its own. */
const SHOWN_NAME = ODD_NAME.normalize("NFC");

type Edit = {
  readonly side: Side;
  readonly sql: string;
  readonly of: readonly (string | number | null)[];
};
export type Plan = { readonly edits: readonly Edit[]; readonly expected: readonly Expected[] };

/** Changes of rows that are there, each on one side only: values, nulls, keys, deletes. */
export function planChanges(chosen: Chosen): Plan {
  return { edits: changes(chosen), expected: changed(chosen) };
}

function changes({ buyers, idle, products, order }: Chosen): Edit[] {
  const [first = "", second = ""] = buyers;
  const [renamed = "", leaving = "", closed = ""] = idle;
  const [article = 0] = products;
  return [
    edit(
      "erp",
      `update "Customers" set "CompanyName" = $2 where "CustomerID" = $1`,
      first,
      ODD_NAME,
    ),
    edit("erp", `update "Customers" set "Fax" = null where "CustomerID" = $1`, first),
    edit("erp", `update "Products" set "UnitPrice" = 18.07 where "ProductID" = $1`, article),
    edit(
      "erp",
      `update "Order Details" set "Quantity" = 77, "Discount" = 0.15
        where "OrderID" = $1 and "ProductID" = (select min("ProductID") from "Order Details"
          where "OrderID" = $1)`,
      order,
    ),
    edit(
      "erp",
      `update "Orders" set "ShippedDate" = '2026-02-28 13:05:07.25'
        where "OrderID" = $1`,
      order,
    ),
    edit("erp", `update "Customers" set "CustomerID" = 'ÄNDR1' where "CustomerID" = $1`, renamed),
    edit("erp", `delete from "Customers" where "CustomerID" = $1`, leaving),
    edit("shop", "delete from clients where code = $1", closed),
    edit(
      "shop",
      `update clients set country_iso = 'PT', given_name = 'Inês', family_name = null
        where code = $1`,
      second,
    ),
    edit("shop", "update clients set region = '' where code = $1", second),
    edit(
      "shop",
      "update articles set pack = '', on_sale = not on_sale where article_no = $1",
      article,
    ),
    edit(
      "shop",
      `update purchase_lines set pieces = 3 where purchase_no = $1
        and article = (select article from purchase_lines join articles on article_id = article
          where purchase_no = $1 order by article_no desc limit 1)`,
      order,
    ),
  ];
}

function changed({ buyers, idle, products, order }: Chosen): Expected[] {
  const [first = "", second = ""] = buyers;
  const [renamed = "", leaving = "", closed = ""] = idle;
  const [article = 0] = products;
  return [
    expect("shop", customer("shop", "company"), first, SHOWN_NAME),
    expect("shop", customer("shop", "fax"), first, null),
    expect("shop", product("shop", "price_cents"), article, "1807"),
    expect(
      "shop",
      `select pieces || ' at ' || discount_percent
        from purchase_lines join articles on article_id = article
        where purchase_no = $1 order by article_no limit 1`,
      order,
      "77 at 15.00",
    ),
    expect(
      "shop",
      `select (shipped_at at time zone 'UTC')::text from purchases
        where purchase_no = $1`,
      order,
      "2026-02-28 13:05:07.25",
    ),
    expect("shop", "select count(*)::text from clients where code = $1", renamed, "0"),
    expect("shop", "select count(*)::text from clients where code = $1", "ÄNDR1", "1"),
    expect("shop", "select count(*)::text from clients where code = $1", leaving, "0"),
    expect("erp", `select count(*)::text from "Customers" where "CustomerID" = $1`, closed, "0"),
    expect("erp", customer("erp", "Country"), second, "Portugal"),
    expect("erp", customer("erp", "ContactName"), second, "Inês"),
    expect("erp", customer("erp", "Region"), second, ""),
    expect("erp", product("erp", "QuantityPerUnit"), article, null),
    expect(
      "erp",
      `select "Quantity"::text from "Order Details" where "OrderID" = $1
        order by "ProductID" desc limit 1`,
      order,
      "3",
    ),
  ];
}

/** New rows on both sides; what the shop makes gets its number from the ERP. */
export function planNewRows({ suppliers }: Chosen): Plan {
  const [supplier = 0] = suppliers;
  const named = (table: string, column: string) =>
    `select count(*)::text from ${table} where ${column} = $1`;
  return {
    edits: [
      edit(
        "erp",
        `insert into "Customers" ("CustomerID", "CompanyName", "Country")
        values ('ZÜRI1', $1, 'Switzerland')`,
        `Zuerich ${ODD_NAME}`,
      ),
      edit(
        "erp",
        `with made as (insert into "Suppliers" ("CompanyName") values ('Ärger & Söhne')
          returning "SupplierID")
        insert into "Products" ("ProductName", "SupplierID", "UnitPrice", "Discontinued")
        select 'Weißwurst', "SupplierID", 7.5, '0' from made`,
      ),
      edit(
        "shop",
        `insert into clients (code, company, given_name, family_name, country_iso)
        values ('SHOP1', 'Made in the shop', 'Ana', 'de la Cruz', 'ES')`,
      ),
      edit("shop", "insert into vendors (title, country_iso) values ('Shop vendor', 'JP')"),
      edit(
        "shop",
        `insert into articles (title, price_cents, in_stock, vendor)
        select 'Shop article', 995, 4, id from vendors where vendor_no = $1`,
        supplier,
      ),
    ],
    expected: [
      expect("shop", customer("shop", "company"), "ZÜRI1", `Zuerich ${SHOWN_NAME}`),
      expect(
        "shop",
        `select v.title from articles a join vendors v on v.id = a.vendor
        where a.title = $1`,
        "Weißwurst",
        "Ärger & Söhne",
      ),
      expect("erp", customer("erp", "ContactName"), "SHOP1", "Ana de la Cruz"),
      expect("erp", named(`"Suppliers"`, `"CompanyName"`), "Shop vendor", "1"),
      expect(
        "erp",
        `select "UnitPrice"::text || ' from ' || "SupplierID" from "Products"
        where "ProductName" = $1`,
        "Shop article",
        `9.95 from ${supplier}`,
      ),
      expect(
        "shop",
        "select (vendor_no is not null)::text from vendors where title = $1",
        "Shop vendor",
        "true",
      ),
      expect(
        "shop",
        "select (article_no is not null)::text from articles where title = $1",
        "Shop article",
        "true",
      ),
      expect("shop", named("vendors", "title"), "Shop vendor", "1"),
    ],
  };
}

/** The same field on both sides while nobody carries news: what each policy makes of it. */
export function planCollisions({ buyers, products }: Chosen): Plan {
  const [, , by = "", ranked = "", apart = ""] = buyers;
  const [, priced = 0, counted = 0] = products;
  return {
    edits: [
      edit("erp", `update "Customers" set "Phone" = '1 older' where "CustomerID" = $1`, by),
      edit("shop", "update clients set street = 'Lane of the shop' where code = $1", ranked),
      edit(
        "erp",
        `update "Customers" set "Address" = 'Road of the ERP' where "CustomerID" = $1`,
        ranked,
      ),
      edit("erp", `update "Products" set "UnitPrice" = 20.5 where "ProductID" = $1`, priced),
      edit("shop", "update articles set price_cents = 1 where article_no = $1", priced),
      edit("erp", `update "Products" set "UnitsInStock" = 100 where "ProductID" = $1`, counted),
      edit(
        "erp",
        `update "Products" set "UnitsInStock" = "UnitsInStock" + 12
        where "ProductID" = $1`,
        counted,
      ),
      edit("shop", "update articles set in_stock = in_stock - 7 where article_no = $1", counted),
      edit("shop", "update clients set fax = 'only here' where code = $1", apart),
      edit("shop", "update clients set phone = '2 newer' where code = $1", by),
    ],
    expected: [
      expect("erp", customer("erp", "Phone"), by, "2 newer"),
      expect("shop", customer("shop", "phone"), by, "2 newer"),
      expect("erp", customer("erp", "Address"), ranked, "Road of the ERP"),
      expect("shop", customer("shop", "street"), ranked, "Road of the ERP"),
      expect("erp", product("erp", "UnitPrice"), priced, "20.5"),
      expect("shop", product("shop", "price_cents"), priced, "2050"),
      expect("erp", product("erp", "UnitsInStock"), counted, "105"),
      expect("shop", product("shop", "in_stock"), counted, "105"),
      expect("shop", customer("shop", "fax"), apart, "only here"),
    ],
  };
}

/** Both sides rename the same customers: that is asked, and answered by the command line. */
export function planQuestions({ buyers }: Chosen): Plan & { readonly asked: readonly string[] } {
  const asked = buyers.slice(6, 10);
  return {
    asked,
    edits: asked.flatMap((code) => [
      edit(
        "erp",
        `update "Customers" set "CompanyName" = 'Here ' || "CustomerID"
        where "CustomerID" = $1`,
        code,
      ),
      edit("shop", "update clients set company = 'There ' || code where code = $1", code),
    ]),
    expected: [],
  };
}

function edit(side: Side, sql: string, ...of: Edit["of"]): Edit {
  return { side, sql, of };
}

function expect(side: Side, query: string, key: string | number, value: string | null): Expected {
  const what = `${query.replace(/\s+/g, " ")} [${key}] in the ${side}`;
  return { what, side, query, of: [key], value };
}

/** Makes the edits one after the other, each in a transaction of its own. */
export async function makeEdits(pair: Pair, edits: readonly Edit[]): Promise<void> {
  for (const { side, sql, of } of edits) {
    const { count } = await pair[side].unsafe(sql, [...of] as never[]);
    if (count !== 1) throw new Error(`${count} rows instead of one: ${sql} [${of.join(", ")}]`);
  }
}

/** @returns what is not as expected, in words */
export async function findUnmet(pair: Pair, expected: readonly Expected[]): Promise<string[]> {
  const unmet: string[] = [];
  for (const { what, side, query, of, value } of expected) {
    const found = await one(pair[side], query, of);
    if (found === value) continue;
    unmet.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(value)}`);
  }
  return unmet;
}

async function one(sql: Sql, query: string, of: Expected["of"]): Promise<string | null> {
  const rows = await sql.unsafe(query, [...of] as never[]).values();
  if (rows.length !== 1) return `${rows.length} rows`;
  const value: unknown = rows[0]?.[0];
  return value === null || value === undefined ? null : String(value);
}
