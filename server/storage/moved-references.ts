import type { Transaction } from "../../db/client.ts";
import type { RecordId } from "../core/ids.ts";
import type { RowAgain } from "./references.ts";
import { arrayParameter, rowsParameter } from "./rows.ts";

/** A record that some rows of a system mean, and may mean no more. */
export type MovedRecord = { readonly system: string; readonly record: RecordId };

const FIRST = "00000000-0000-0000-0000-000000000000";

/** Has the rows decided again that mean these records there, from the first one on. */
export async function noteMoved(
  tx: Transaction,
  moved: readonly MovedRecord[],
  now: string,
): Promise<void> {
  if (moved.length === 0) return;
  await tx`
    insert into moved_references (system, record, after, since)
    select distinct system, record, ${FIRST}::uuid, ${now}::timestamptz
    from json_to_recordset(${rowsParameter(tx, moved)}) as m(system text, record uuid)`;
}

export type Moved = {
  readonly number: string;
  readonly record: RecordId;
  readonly after: string;
};

/** The one of a system that waits longest. Only whoever reads the system takes it. */
export async function oldestMoved(tx: Transaction, system: string): Promise<Moved | null> {
  const [row] = await tx<Moved[]>`
    select number::text, record, after from moved_references where system = ${system}
    order by moved_references.number limit 1`;
  return row ?? null;
}

export type Referring = RowAgain & { readonly link: string };

/** Rows whose reference was accounted for as one to the record, in the order of their links. */
export async function rowsMeaning(
  tx: Transaction,
  { record, after }: Moved,
  of: {
    readonly bindings: readonly string[];
    readonly fields: readonly string[];
    readonly countMax: number;
  },
): Promise<Referring[]> {
  return await tx<Referring[]>`
    select id as link, binding, external_id as "externalId", columns, position from links
    where state = 'live' and id > ${after} and position is not null
      and binding = any(${arrayParameter(of.bindings)}::text[])
      and exists (select 1 from unnest(${arrayParameter(of.fields)}::text[]) as f(name)
        where bases -> f.name ->> 's' = ${record})
    order by id limit ${of.countMax}`;
}

/** @param after null: all of them have been looked at */
export async function advanceMoved(
  tx: Transaction,
  { number }: Moved,
  after: string | null,
): Promise<void> {
  if (after === null) await tx`delete from moved_references where number = ${number}::bigint`;
  else await tx`update moved_references set after = ${after} where number = ${number}::bigint`;
}
