import type { Pair } from "./base.ts";

/** A row that people make in the ERP, and what becomes of it. */
export type BadRow = {
  readonly what: string;
  readonly sku: string;
  /** One statement; it makes or changes the row with this SKU. */
  readonly sql: string;
  /** What `fieldline quarantine` or `conflicts` must say; undefined: nothing, it goes through. */
  readonly says?: RegExp;
  /** What the shop must hold of it in the end, by SQL with the SKU as $1; null: no such row. */
  readonly shop: readonly [query: string, value: string | null];
};

const insert = (sku: string, column: string, value: string) =>
  `insert into goods (sku, name, ${column}) values ('${sku}', 'Bad', ${value})`;
const column = (name: string) => `select ${name}::text from wares where sku = $1`;

export const BAD_ROWS: readonly BadRow[] = [
  {
    ...{ what: "a price below zero", sku: "X-1", sql: insert("X-1", "price", "-1") },
    ...{ says: /erp.*price/i, shop: [column("cents"), null] },
  },
  {
    ...{ what: "a name too long for the shop", sku: "B-1" },
    sql: "update goods set name = repeat('long ', 20) where sku = 'B-1'",
    ...{ says: /shop.*name/i, shop: [column("title"), "Good 1"] },
  },
  {
    ...{ what: "a price that a check of the shop refuses", sku: "B-2" },
    sql: "update goods set price = 10000 where sku = 'B-2'",
    ...{ says: /shop.*price/i, shop: [column("cents"), "200"] },
  },
  {
    ...{ what: "no name at all", sku: "B-3" },
    sql: "update goods set name = null where sku = 'B-3'",
    ...{ says: /erp.*name/i, shop: [column("title"), "Good 3"] },
  },
  {
    ...{ what: "a text of 1 MB", sku: "B-4" },
    sql: "update goods set remarks = repeat('mega byte ', 104858) where sku = 'B-4'",
    shop: ["select length(remarks)::text from wares where sku = $1", "1048580"],
  },
  {
    ...{ what: "a text of 12 MB", sku: "B-5" },
    sql: "update goods set remarks = repeat('twelve megabyte ', 786432) where sku = 'B-5'",
    shop: ["select length(remarks)::text from wares where sku = $1", "12582912"],
  },
  {
    ...{ what: "a key of 1 MB", sku: "K-1" },
    sql: `insert into goods (id, sku, name) select 5001, string_agg(md5(n::text), ''), 'Big key'
      from generate_series(1, 32768) n`,
    ...{ says: /erp.*sku/i },
    shop: ["select count(*)::text from wares where title = 'Big key' or sku = $1", "0"],
  },
  {
    ...{ what: "the 30th of February", sku: "X-2" },
    sql: insert("X-2", "best_before", "'2026-02-30'"),
    ...{ says: /erp.*use-by/i, shop: [column("use_by"), null] },
  },
  {
    ...{ what: "a date that is infinity", sku: "X-3", sql: insert("X-3", "made", "'infinity'") },
    ...{ says: /erp.*made/i, shop: [column("made_on"), null] },
  },
  {
    ...{ what: "a date before Christ", sku: "X-4" },
    sql: insert("X-4", "made", "'0044-03-15 BC'"),
    ...{ says: /erp.*made/i, shop: [column("made_on"), null] },
  },
  {
    ...{ what: "an instant that is -infinity", sku: "X-5" },
    sql: insert("X-5", "seen", "'-infinity'"),
    ...{ says: /erp.*seen/i, shop: [column("seen_at"), null] },
  },
  {
    ...{ what: "a price that is no number", sku: "X-6", sql: insert("X-6", "price", "'NaN'") },
    ...{ says: /erp.*price/i, shop: [column("cents"), null] },
  },
  {
    ...{ what: "an endless weight", sku: "X-7", sql: insert("X-7", "weight", "'-Infinity'") },
    ...{ says: /erp.*weight/i, shop: [column("weight"), null] },
  },
  {
    ...{ what: "words for a number", sku: "X-8", sql: insert("X-8", "pieces", "'a dozen'") },
    ...{ says: /erp.*pieces/i, shop: [column("pieces"), null] },
  },
  {
    ...{ what: "a number too large for the shop", sku: "X-9" },
    sql: insert("X-9", "pieces", "'99999999999999999999'"),
    ...{ says: /shop.*pieces/i, shop: [column("pieces"), null] },
  },
  {
    ...{ what: "a NUL sign hidden in JSON", sku: "X-10" },
    sql: insert("X-10", "details", `'{"a": "\\u0000"}'`),
    ...{ says: /(erp|shop).*details/i, shop: [column("details"), null] },
  },
  {
    ...{ what: "a number of 400 digits", sku: "X-11" },
    sql: insert("X-11", "weight", "1e300"),
    shop: ["select (weight = 1e300::float8::numeric)::text from wares where sku = $1", "true"],
  },
];

/** Two rows of the ERP with one key: nobody can tell which of them the shop's row is. */
export const TWINS = `insert into goods (sku, name) values ('T-1', 'Twin one'), ('T-1', 'Twin two')`;

/** @returns what the shop has there; null for no value, and for no row */
export async function shopValue(
  { shop }: Pair,
  { shop: [query], sku }: BadRow,
): Promise<string | null> {
  const rows = await shop.unsafe(query, query.includes("$1") ? [sku] : []).values();
  const value: unknown = rows[0]?.[0] ?? null;
  return value === null ? null : String(value);
}
