import type { Connection } from "../../../db/client.ts";
import type { LinkId, RecordId } from "../../core/ids.ts";
import type { Base, HubValue, LinkStateName } from "../../core/reconcile/state.ts";

/** A live link with everything that the hub says about its row. */
export type LinkedRow = {
  readonly link: LinkId;
  readonly record: RecordId;
  readonly externalId: string;
  readonly bases: Readonly<Record<string, Base>>;
  readonly values: Readonly<Record<string, HubValue>>;
  readonly deletedAt: string | null;
  /** A person merged its record with another one, and left this row as it is. */
  readonly isLeft: boolean;
  /** The state of its delivery; null: nothing is due. */
  readonly delivery: "due" | "sent" | "parked" | null;
};

/** The live links of these rows of a binding. */
export async function linkedRows(
  sql: Connection,
  binding: string,
  externalIds: readonly string[],
): Promise<LinkedRow[]> {
  return await sql<LinkedRow[]>`
    select l.id as link, l.record, l.external_id as "externalId", l.bases, r.values,
      r.deleted_at as "deletedAt", coalesce(r.merged -> 'left' ? l.id::text, false) as "isLeft",
      d.state as delivery
    from links l join records r on r.id = l.record left join deliveries d on d.link = l.id
    where l.binding = ${binding} and l.state = 'live'
      and l.external_id = any(${externalIds as string[]})`;
}

/** Why a field, or a record as a whole (null), stands still. */
export type StandingField = {
  readonly record: RecordId;
  readonly link: LinkId | null;
  readonly field: string | null;
  readonly why: "held" | "quarantined";
};

/** Open questions and held values of these records. */
export async function standingFields(
  sql: Connection,
  records: readonly RecordId[],
): Promise<StandingField[]> {
  return await sql<StandingField[]>`
    select record, null::uuid as link, field, 'held' as why from conflicts
    where state = 'open' and record = any(${records as RecordId[]}::uuid[])
    union all
    select record, link, field, 'quarantined' as why from quarantine
    where state = 'held' and record = any(${records as RecordId[]}::uuid[])`;
}

/** Rows without a live link: what the hub knows of them. */
export type LooseRow = {
  readonly externalId: string;
  readonly isHeld: boolean;
  /** The state of the last link that it had. */
  readonly lastLink: LinkStateName | null;
  /** We are making it right now, and its event has not come yet. */
  readonly isOurs: boolean;
};

export async function looseRows(
  sql: Connection,
  binding: string,
  externalIds: readonly string[],
): Promise<LooseRow[]> {
  return await sql<LooseRow[]>`
    select wanted.id as "externalId",
      exists (select 1 from quarantine q where q.binding = ${binding}
        and q.external_id = wanted.id and q.state = 'held') as "isHeld",
      (select state from links l where l.binding = ${binding} and l.external_id = wanted.id
        order by incarnation desc limit 1) as "lastLink",
      exists (select 1 from attempts a where a.binding = ${binding}
        and a.external_id = wanted.id) as "isOurs"
    from unnest(${externalIds as string[]}::text[]) as wanted(id)`;
}

/** External ids of a binding's live links after one, in their order. */
export async function liveLinksAfter(
  sql: Connection,
  of: { readonly binding: string; readonly after: LinkId | null; readonly countMax: number },
): Promise<{ readonly link: LinkId; readonly externalId: string }[]> {
  return await sql<{ link: LinkId; externalId: string }[]>`
    select id as link, external_id as "externalId" from links
    where binding = ${of.binding} and state = 'live'
      and (${of.after}::uuid is null or id > ${of.after}::uuid)
    order by id limit ${of.countMax}`;
}

/** Bindings for which a change of many records waits for a person. */
export async function waitingBindings(sql: Connection): Promise<Set<string>> {
  const rows = await sql<{ binding: string }[]>`
    select distinct binding from runs
    where state = 'waiting' and kind = 'mass-change' and binding is not null`;
  return new Set(rows.map(({ binding }) => binding));
}
