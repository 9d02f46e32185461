import type { Connection, Sql } from "../../../db/client.ts";
import type { QuarantineId, RecordId, SystemId } from "../../core/ids.ts";
import type { FieldValue } from "../../core/values/field-value.ts";
import { type Titles, titleOf } from "./titles.ts";

/** Something that a person has let be, and that is so still. */
export type LetBeLine = {
  readonly id: QuarantineId;
  readonly kind: "value" | "row" | "delivery";
  readonly entity: string;
  readonly record: RecordId | null;
  readonly title: FieldValue;
  readonly system: SystemId;
  readonly binding: string;
  readonly externalId: string | null;
  readonly field: string | null;
  /** Why it was held. */
  readonly message: string;
  /** Why it was let be, by whom, and when. */
  readonly note: string | null;
  readonly by: string;
  readonly at: string;
};

type Asked = {
  readonly entity: string | null;
  readonly system: string | null;
  readonly countMax: number;
  readonly titles: Titles;
};

/** What was let be and has not changed since, the latest first. */
export async function letBeLines(
  sql: Connection,
  { entity, system, countMax, titles }: Asked,
): Promise<LetBeLine[]> {
  return await sql<LetBeLine[]>`
    select q.id, q.kind, q.entity, q.record, ${titleOf(sql as Sql, titles)} as title, q.system,
      q.binding, q.external_id as "externalId", q.field, q.message, q.note,
      q.released_by as by, q.released_at as at
    from quarantine q left join records r on r.id = q.record
    where q.state = 'dismissed' and (${entity}::text is null or q.entity = ${entity})
      and (${system}::text is null or q.system = ${system})
      and (exists (select 1 from rows_let_be b
          where b.binding = q.binding and b.external_id = q.external_id and b.item = q.id)
        or exists (select 1 from links l
          where l.id = q.link and l.state in ('live', 'pending')
            and (l.let_be = q.id or l.bases -> q.field ->> 'said' = q.id::text)))
    order by q.released_at desc, q.id desc limit ${countMax}`;
}
