import type { Transaction } from "../../db/client.ts";
import type { Changes, QuarantineItem, World } from "../core/reconcile/world.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

/** Holds what a batch found bad, and lets go what it found good, gone or decided. */
export function saveQuarantine(
  tx: Transaction,
  changes: Changes,
  world: World,
): Promise<unknown>[] {
  const { now } = world;
  const work: Promise<unknown>[] = [];
  // Held first: what was held and let go in one batch is not held after it.
  if (changes.quarantined.length > 0) work.push(holdItems(tx, changes.quarantined, world));
  if (changes.released.size > 0) {
    const places = [...changes.released.values()].map(({ link, field }) => ({ link, field }));
    work.push(tx`
      update quarantine q set state = 'resolved', released_at = ${now}, released_by = 'engine'
      from json_to_recordset(${rowsParameter(tx, places)}) as p(link uuid, field text)
      where q.link = p.link and q.field = p.field and q.kind = 'value' and q.state = 'held'`);
  }
  if (changes.decidedRows.size > 0) {
    const decided = [...changes.decidedRows];
    work.push(tx`
      update quarantine set state = 'resolved', released_at = ${now}, released_by = 'engine'
      where state = 'held' and kind = 'row'
        and binding || E'\n' || external_id = any(${decided})`);
  }
  if (changes.settled.size > 0) {
    // What a target did not take need not be taken any more.
    work.push(tx`
      update quarantine set state = 'resolved', released_at = ${now}, released_by = 'engine'
      where state = 'held' and kind = 'delivery'
        and link = any(${arrayParameter([...changes.settled])}::uuid[])`);
  }
  return work;
}

function holdItems(tx: Transaction, items: readonly QuarantineItem[], world: World) {
  const last = new Map(
    items.map((item) => {
      const { binding, externalId } = item.observation;
      return [`${binding}\n${externalId}\n${item.kind}\n${item.problem.field ?? ""}`, item];
    }),
  );
  const rows = [...last.values()].map(({ observation, problem, ...item }) => ({
    ...item,
    binding: observation.binding,
    system: observation.system,
    externalId: observation.externalId,
    field: problem.field,
    code: problem.code,
    message: problem.message,
    value: problem.value === null ? {} : { value: problem.value },
    columns: observation.columns,
  }));
  return tx`
    insert into quarantine (id, kind, entity, record, link, binding, system, external_id, field,
      code, message, value, columns, state, tries, held_at, map_version)
    select id, kind, entity, record, link, binding, system, "externalId", field, code, message,
      value, columns, 'held', 1, ${world.now}, ${world.map.version}
    from json_to_recordset(${rowsParameter(tx, rows)}) as q(id uuid, kind text, entity text,
      record uuid, link uuid, binding text, system text, "externalId" text, field text, code text,
      message text, value jsonb, columns jsonb)
    on conflict (binding, (coalesce(external_id, link::text)), kind, (coalesce(field, '')))
      where state = 'held'
    do update set code = excluded.code, message = excluded.message, value = excluded.value,
      columns = excluded.columns, tries = quarantine.tries + 1, map_version = excluded.map_version`;
}
