import type { Transaction } from "../../db/client.ts";
import type { RecordId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import type { Entity } from "../core/map/document.ts";
import { compileMatchKey } from "../core/plan/compile-map.ts";
import { keysOf } from "../core/reconcile/keys.ts";
import type { RecordState } from "../core/reconcile/state.ts";
import { uniqueRules } from "../core/validation/unique.ts";
import { rowsParameter } from "./rows.ts";
import { claimMatching } from "./world.ts";

/**
 * Finds every record of an entity under its new keys: what they are made of has changed. Nobody
 * looks for one of them meanwhile.
 */
export async function rekeyRecords(tx: Transaction, entity: Entity): Promise<void> {
  await claimMatching(tx, [entity.id]);
  const matchKeys = entity.matchKeys.map((fields) => compileMatchKey(entity, fields));
  const keys = { matchKeys, unique: uniqueRules(entity) };
  await tx`delete from record_keys where entity = ${entity.id}`;
  let after: RecordId | null = null;
  do {
    const page: RecordState[] = await tx<RecordState[]>`
      select id, entity, values, deleted_at as "deletedAt", merged from records
      where entity = ${entity.id} and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${LIMITS.batchObservationsMax}`;
    const rows = page.flatMap((record) =>
      keysOf(keys, record).map((held) => ({
        ...{ ...held, record: record.id, entity: entity.id },
      })),
    );
    await tx`
      insert into record_keys (record, entity, key, value)
      select record, entity, key, value from json_to_recordset(${rowsParameter(tx, rows)})
        as k(record uuid, entity text, key text, value text)`;
    after = page.at(-1)?.id ?? null;
  } while (after !== null);
}
