import type { Transaction } from "../../db/client.ts";
import type { Changes, World } from "../core/reconcile/world.ts";
import { partitionOf } from "./delivery-partitions.ts";
import { arrayParameter } from "./rows.ts";

/** Notes where merged records went, and that parted ones are back. Mostly there are none. */
export function saveMerged(tx: Transaction, changes: Changes, world: World): Promise<unknown>[] {
  return [...changes.records.values()].flatMap(({ id, merged = null }) => {
    const before = world.records.get(id)?.merged ?? null;
    if (merged === before) return [];
    const text = merged === null ? null : JSON.stringify(merged);
    return [tx`update records set merged = ${text}::text::jsonb where id = ${id}`];
  });
}

/**
 * A link that goes to another record takes along what is pending about it: what is to be sent, what
 * is on its way, and what is held.
 */
export function saveMoves(tx: Transaction, changes: Changes, world: World): Promise<unknown>[] {
  const moved = [...changes.links.values()].filter(({ id, record }) => {
    const before = world.links.get(id);
    return before !== undefined && before.record !== record;
  });
  if (moved.length === 0) return [];
  const links = arrayParameter(moved.map(({ id }) => id));
  const records = arrayParameter(moved.map(({ record }) => record));
  const partitions = arrayParameter(moved.map(({ record }) => partitionOf(record)));
  const to = tx`unnest(${links}::uuid[], ${records}::uuid[]) as m(link, record)`;
  return [
    tx`
      update deliveries d set record = m.record, partition = m.partition
      from unnest(${links}::uuid[], ${records}::uuid[], ${partitions}::smallint[])
        as m(link, record, partition)
      where d.link = m.link`,
    tx`update attempts a set record = m.record from ${to} where a.link = m.link`,
    tx`
      update quarantine q set record = m.record from ${to}
      where q.link = m.link and q.state = 'held'`,
  ];
}
