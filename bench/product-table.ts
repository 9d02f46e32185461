import type { Sql } from "../db/client.ts";
import { MapDocument } from "../server/core/map/document.ts";

/** The nine-column table that every workload copies. */
export const TABLE = `
  create table product (
    id integer primary key,
    sku text not null unique,
    name text not null,
    description text,
    price numeric(12,2),
    stock integer,
    weight numeric(10,3),
    status text,
    listed_on date)`;

const COLUMNS = [
  ["id", "integer"],
  ["sku", "text"],
  ["name", "text"],
  ["description", "text"],
  ["price", "decimal"],
  ["stock", "integer"],
  ["weight", "decimal"],
  ["status", "text"],
  ["listed_on", "date"],
] as const;

export async function fillTable(sql: Sql, rows: number): Promise<void> {
  await sql`
    insert into product
    select n, 'SKU-' || n, 'Product ' || n, repeat('text of ' || n || ' ', 4), n % 1000 + 0.25,
      n % 500, n % 90 + 0.125, 'active', date '2026-01-01' + n % 300
    from generate_series(1, ${rows}::int) n`;
  await sql`analyze product`;
}

const fieldOf = (column: string) => column.replace("_", "-");

const bindingOf = (system: string) => ({
  id: `${system}-product`,
  system,
  object: "public.product",
  entity: "product",
  edges: COLUMNS.map(([column]) => ({
    id: fieldOf(column),
    columns: [column],
    fields: [fieldOf(column)],
  })),
});

/** Both sides may change everything; the newest edit wins. */
export const PRODUCT_MAP: MapDocument = MapDocument.parse({
  format: 1,
  systems: [
    { id: "a", name: "A", code: "AA", line: 1 },
    { id: "b", name: "B", code: "BB", line: 2 },
  ],
  entities: [
    {
      id: "product",
      name: "Product",
      title: "name",
      matchKeys: [["sku"]],
      fields: COLUMNS.map(([column, type]) => ({
        id: fieldOf(column),
        name: column,
        type,
        policy: { kind: "newest" },
      })),
    },
  ],
  bindings: [bindingOf("a"), bindingOf("b")],
});

/** One text for a hundred rows all over the table, the last among them. */
export async function sample(sql: Sql): Promise<string> {
  const [row] = await sql<{ all: string }[]>`
    select coalesce(string_agg(p::text, ',' order by id), '') as all from product p
    where id = any (array(
      select (select max(id) from product) * n / 100 from generate_series(1, 100) n))`;
  return row?.all ?? "";
}

/** One text for all rows: equal exactly when the tables are. */
export async function fingerprint(sql: Sql): Promise<string> {
  const [row] = await sql<{ all: string }[]>`
    select count(*) || ' ' || coalesce(sum(hashtextextended(p::text, 0)::numeric), 0) as all
    from product p`;
  return row?.all ?? "";
}
