import type { Sql } from "../../../db/client.ts";
import type { FieldValue } from "../../core/values/field-value.ts";

export type CountedValue = { readonly value: FieldValue; readonly count: number };

/** A table of codes has fewer, and a glance does not read more rows. */
const VALUES_MAX = 500;
const ROWS_MAX = 50_000;

/**
 * How often a column has each of its values in the rows that the hub has seen of a binding, the
 * commonest first; `rows` is how many of them tell the column.
 */
export async function countColumnValues(
  sql: Sql,
  binding: string,
  column: string,
): Promise<{ values: CountedValue[]; rows: number }> {
  const counted = await sql<(CountedValue & { rows: number })[]>`
    with seen as (
      select columns -> ${column} as value from links
      where binding = ${binding} and state = 'live' and columns ? ${column}
      limit ${ROWS_MAX}
    )
    select value, count(*)::int as count, (sum(count(*)) over ())::int as rows
    from seen group by value order by count(*) desc, value limit ${VALUES_MAX}`;
  const values = counted.map(({ value, count }) => ({ value, count }));
  return { values, rows: counted[0]?.rows ?? 0 };
}
