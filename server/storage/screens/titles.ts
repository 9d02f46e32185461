import type { Sql } from "../../../db/client.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { referredEntity } from "../../core/map/references.ts";

/** By entity, the field that names its records, and whether it refers to a record that does. */
export type Titles = Readonly<Record<string, { readonly field: string; readonly refers: boolean }>>;

export function titlesOf({ entities }: Pick<MapDocument, "entities">): Titles {
  return Object.fromEntries(
    entities.map(({ id, title, fields }) => {
      const field = fields.find((one) => one.id === title);
      return [id, { field: title, refers: field !== undefined && referredEntity(field) !== null }];
    }),
  );
}

const UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

/**
 * What the record of the row `r` is called, as JSON. Where its title refers to a record it is
 * called as that one is; of a chain of such titles one step is taken, or lists would walk for ever.
 */
export function titleOf(sql: Sql, titles: Titles) {
  const named = sql`${JSON.stringify(titles)}::text::jsonb`;
  const own = sql`r.values -> (${named} -> r.entity ->> 'field')`;
  return sql`
    case when (${named} -> r.entity ->> 'refers')::boolean then coalesce(
      (select n.values -> (${named} -> n.entity ->> 'field') -> 'v' from records n
        where n.id = case when ${own} ->> 'v' ~ ${UUID} then (${own} ->> 'v')::uuid end),
      ${own} -> 'v')
    else ${own} -> 'v' end`;
}
