import type { Connection } from "../../db/client.ts";
import { LIMITS } from "../core/limits.ts";
import type { MassPlace } from "../core/reconcile/mass-guard.ts";
import type { WaitingSample } from "./mass-changes.ts";

export type Passed = { readonly count: number; readonly samples: readonly WaitingSample[] };

/** How long after it happened in its source an event may be told and still be found here. */
const TOLD_AFTER = "1 day";

/**
 * What went through before the first that waits, in the same window: by the log, from the lines of
 * the system's own doing.
 */
export async function passedBefore(
  sql: Connection,
  { binding, kind, field }: MassPlace,
  of: { readonly since: string; readonly title: string; readonly countMax: number },
): Promise<Passed> {
  const { since, title, countMax } = of;
  const blank = sql`coalesce(a.after, 'null'::jsonb) in ('null'::jsonb, '""'::jsonb, '[]'::jsonb)`;
  const what =
    kind === "gone"
      ? sql`a.kind = 'row-gone' and a.rule = 'row-gone'`
      : sql`a.kind = 'accepted' and a.field = ${field}
          and ${kind === "cleared" ? blank : sql`not ${blank}`}`;
  const rows = await sql<(WaitingSample & { count: number })[]>`
    select a.record, l.external_id as "externalId", r.values -> ${title} ->> 'v' as title,
      a.before, a.after, count(*) over ()::int as count
    from audit_entries a join links l on l.id = a.link join records r on r.id = a.record
    where l.binding = ${binding} and a.actor = 'system:' || l.system and ${what}
      and a.at between ${since}::timestamptz - ${`${LIMITS.massChangeMinutes} minutes`}::interval
        and ${since}::timestamptz + ${TOLD_AFTER}::interval
      and (a.cause ->> 'at')::timestamptz between
        date_trunc('minute', ${since}::timestamptz)
          - ${`${LIMITS.massChangeMinutes - 1} minutes`}::interval
        and ${since}::timestamptz
    order by a.at, a.stream, a.number limit ${countMax}`;
  const samples = rows.map(({ count: _, ...sample }) => sample);
  return { count: rows[0]?.count ?? 0, samples };
}
