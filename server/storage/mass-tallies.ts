import type { Transaction } from "../../db/client.ts";
import {
  type MassPlace,
  massKey,
  massPlaceOf,
  type Tally,
  windowOf,
} from "../core/reconcile/mass-guard.ts";
import type { Changes } from "../core/reconcile/world.ts";
import { rowsParameter } from "./rows.ts";

export type Tallies = Map<string, Map<string, Tally>>;

/** What is counted at these places, by `massKey` and minute or run. */
export async function loadTallies(tx: Transaction, places: readonly MassPlace[]): Promise<Tallies> {
  const asked = places.map(({ binding, kind, field }) => ({ binding, kind, field: field ?? "" }));
  const rows = await tx<(MassPlace & Tally & { readonly bucket: string })[]>`
    select t.binding, t.kind, nullif(t.field, '') as field, t.bucket, t.seen, t.held
    from json_to_recordset(${rowsParameter(tx, asked)}) as p(binding text, kind text, field text)
    join mass_tallies t on t.binding = p.binding and t.kind = p.kind and t.field = p.field`;
  const found: Tallies = new Map();
  for (const { bucket, seen, held, ...place } of rows) {
    const key = massKey(place);
    const buckets = found.get(key) ?? new Map<string, Tally>();
    found.set(key, buckets.set(bucket, { seen, held }));
  }
  return found;
}

/** Counts what a batch decided, and forgets the minutes that no window reaches any more. */
export function saveTallies(tx: Transaction, { tallies }: Changes): Promise<unknown>[] {
  if (tallies.size === 0) return [];
  const rows = [...tallies].flatMap(([key, buckets]) => {
    const { binding, kind, field } = massPlaceOf(key);
    return [...buckets].map(([bucket, tally]) => ({
      ...{ binding, kind, field: field ?? "", bucket, oldest: oldestOf(bucket) },
      ...tally,
    }));
  });
  const list = rowsParameter(tx, rows);
  return [
    tx`
      insert into mass_tallies (binding, kind, field, bucket, seen, held)
      select binding, kind, field, bucket, seen, held from json_to_recordset(${list})
        as t(binding text, kind text, field text, bucket text, seen int, held int)
      on conflict (binding, kind, field, bucket) do update
        set seen = mass_tallies.seen + excluded.seen, held = mass_tallies.held + excluded.held`,
    tx`
      delete from mass_tallies m using json_to_recordset(${list})
        as t(binding text, kind text, field text, bucket text, oldest text)
      where m.binding = t.binding and m.kind = t.kind and m.field = t.field
        and m.bucket like '____-__-__T__:__' and m.bucket < t.oldest`,
  ];
}

/** A minute's window may be asked for once more by what is told late: it is kept twice as long. */
function oldestOf(bucket: string): string | null {
  if (Number.isNaN(Date.parse(`${bucket}:00Z`))) return null;
  const first = windowOf(bucket).at(-1) ?? bucket;
  return windowOf(first).at(-1) ?? first;
}

/** An enumeration is over: what it counted is asked for no more. */
export async function endTallies(tx: Transaction, run: string): Promise<void> {
  await tx`delete from mass_tallies where bucket = ${run}`;
}

/**
 * How many rows a place is a share of: live ones, and of those whose value is cleared the ones that
 * have one. Counted no further than matters.
 */
export async function countRows(
  tx: Transaction,
  { binding, kind, field }: MassPlace,
  countMax: number,
): Promise<number> {
  const filled =
    kind === "cleared"
      ? tx`and coalesce(bases -> ${field} -> 's', 'null'::jsonb)
          not in ('null'::jsonb, '""'::jsonb, '[]'::jsonb)`
      : tx``;
  const [row] = await tx<[{ count: number }]>`
    select count(*)::int as count from (
      select 1 from links where binding = ${binding} and state = 'live' ${filled}
      limit ${countMax}) l`;
  return row.count;
}
