import type { Sql } from "../../db/client.ts";

/** Away for longer than this, and a person comes back to a new visit. */
const VISIT_GAP_MINUTES = 30;

/**
 * Notes that a person is here now.
 * @returns when their visit before this one ended, ISO 8601 UTC; null during the first
 */
export async function noteVisit(sql: Sql, person: string, now: string): Promise<string | null> {
  const [row] = await sql<{ since: string | null }[]>`
    insert into visits (person, since, active_at) values (${person}, null, ${now})
    on conflict (person) do update set active_at = excluded.active_at,
      since = case
        when visits.active_at < excluded.active_at - make_interval(mins => ${VISIT_GAP_MINUTES})
        then visits.active_at else visits.since end
    returning since`;
  return row?.since ?? null;
}
