import type { Transaction } from "../../db/client.ts";
import type { LinkId, RecordId } from "../core/ids.ts";
import type { FieldValue } from "../core/values/field-value.ts";

/** A value that waits until its holder gives it up. */
export type WaitingValue = {
  readonly link: LinkId;
  readonly record: RecordId;
  readonly entity: string;
  readonly field: string;
  readonly value: FieldValue;
};

/** More than so many of one kind are looked at in turn: the eldest first. */
const WAITING_MAX = 2_000;

/** Values of these entities that another record has; mostly none. */
export async function waitingUnique(
  tx: Transaction,
  entities: readonly string[],
): Promise<WaitingValue[]> {
  return await tx<WaitingValue[]>`
    select link, record, entity, field, value -> 'value' as value from quarantine
    where state = 'held' and kind = 'value' and code = 'unique' and link is not null
      and entity = any(${entities as string[]})
    order by held_at, id limit ${WAITING_MAX}`;
}
