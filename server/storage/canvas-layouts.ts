import type { Connection, Transaction } from "../../db/client.ts";
import { rowsParameter } from "./rows.ts";

/** Where a person put a box of an entity's canvas, in canvas units. */
export type BoxPlace = { readonly node: string; readonly x: number; readonly y: number };

/**
 * The boxes of an entity's canvas that somebody moved; the others lie where the layout puts them.
 */
export async function readLayout(sql: Connection, entity: string): Promise<BoxPlace[]> {
  return await sql<BoxPlace[]>`
    select node, x, y from canvas_layouts where entity = ${entity} order by node`;
}

/** Keeps where boxes were put; boxes that are not named stay where they are. */
export async function saveLayout(
  sql: Connection,
  entity: string,
  places: readonly BoxPlace[],
): Promise<void> {
  await sql`
    insert into canvas_layouts (entity, node, x, y)
    select ${entity}, node, x, y
    from json_to_recordset(${rowsParameter(sql, places)}) as p(node text, x int, y int)
    on conflict (entity, node) do update set x = excluded.x, y = excluded.y`;
}

/** Forgets every place of an entity's canvas, and keeps these instead. */
export async function replaceLayout(
  tx: Transaction,
  entity: string,
  places: readonly BoxPlace[],
): Promise<void> {
  await tx`delete from canvas_layouts where entity = ${entity}`;
  if (places.length > 0) await saveLayout(tx, entity, places);
}
