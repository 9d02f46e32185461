import type { Connection, Transaction } from "../../db/client.ts";
import type { LinkId, RecordId } from "../core/ids.ts";
import type { Position } from "../core/position.ts";
import { ASIDE } from "../core/reconcile/state.ts";
import type { Columns } from "../core/values/field-value.ts";
import { arrayParameter } from "./rows.ts";

/**
 * Which of these links a write is on its way to: its event has not been told yet.
 * @param guessed a row that a call of unknown outcome may have made: its event was told
 */
export async function linksWithAttempts(
  sql: Connection,
  links: readonly LinkId[],
  guessed = "",
): Promise<Set<LinkId>> {
  if (links.length === 0) return new Set();
  const rows = await sql<{ link: LinkId }[]>`
    select distinct link from attempts where link = any(${links as LinkId[]}::uuid[])
      and not (state = 'unknown' and operation = 'create'
        and coalesce(external_id, '') = ${guessed} and ${guessed} <> '')`;
  return new Set(rows.map(({ link }) => link));
}

/**
 * Holds what is to be sent to these links: whoever takes it from now on sees what is committed by
 * this transaction, and what was taken before has its intents written down by then.
 */
export async function claimDeliveries(tx: Transaction, links: readonly LinkId[]): Promise<void> {
  if (links.length === 0) return;
  await tx`
    select link from deliveries where link = any(${links as LinkId[]}::uuid[])
    order by link for update`;
}

/** A foreign row that a person names: the live link's, else one that waits or was let be. */
export type NamedRow = {
  readonly link: LinkId | null;
  readonly record: RecordId | null;
  readonly columns: Columns;
  /** Where it was told so; null where nobody kept it. */
  readonly position: Position | null;
  /** The last enumeration that saw it, of a row with a link. */
  readonly seenIn: string | null;
  /** Its id may have been given to it anew; `record` is the one of the row before. */
  readonly doubted: boolean;
};

export async function findRow(
  tx: Transaction,
  binding: string,
  externalId: string,
): Promise<NamedRow | null> {
  const [linked] = await tx<NamedRow[]>`
    select id as link, record, columns, position, seen_in as "seenIn", false as doubted
    from links
    where binding = ${binding} and external_id = ${externalId} and state = 'live'`;
  if (linked !== undefined) return linked;
  const [held] = await tx<NamedRow[]>`
    select l.id as link, l.record, w.columns, null as "seenIn",
      coalesce(w.position, l.position) as position, l.id is not null as doubted
    from (
      select columns, position from quarantine
      where binding = ${binding} and external_id = ${externalId} and kind = 'row'
        and state = 'held' and columns is not null
      union all select columns, position from rows_let_be
      where binding = ${binding} and external_id = ${externalId}) as w
    left join links l on l.binding = ${binding} and l.external_id = ${externalId}
      and l.state = 'doubted' limit 1`;
  return held ?? null;
}

/** What the hub knows of a foreign row, and which record, attempt or nobody it is about. */
export type KnownRow = {
  readonly id: string;
  /**
   * linked: somebody's, also where it is aside · making: another intent of ours made it · waits:
   * for a person, or for a record with its key · let-be: nobody's, as a person has said · parted:
   * from a record, by a person
   */
  readonly how: "linked" | "making" | "waits" | "let-be" | "parted";
  readonly of: string | null;
};

/** What is known of these rows; of a row that nobody has told yet there is nothing. */
export async function knownRows(
  sql: Connection,
  binding: string,
  externalIds: readonly string[],
): Promise<KnownRow[]> {
  const ids = arrayParameter(externalIds);
  return await sql<KnownRow[]>`
    select external_id as id, case state when 'unlinked' then 'parted' else 'linked' end as how,
      record::text as of from links
    where binding = ${binding} and external_id = any(${ids}::text[])
      and state = any(${arrayParameter(["live", "unlinked", ...ASIDE])}::text[])
    union select external_id, 'waits', null from unmatched_rows
    where binding = ${binding} and external_id = any(${ids}::text[])
    union select external_id, 'waits', null from quarantine
    where binding = ${binding} and external_id = any(${ids}::text[]) and kind = 'row'
      and state = 'held'
    union select external_id, 'let-be', null from rows_let_be
    where binding = ${binding} and external_id = any(${ids}::text[])
    union select external_id, 'making', id::text from attempts
    where binding = ${binding} and external_id = any(${ids}::text[]) and operation = 'create'`;
}

/** How far a system was read; null before its first read. */
export async function readUpTo(tx: Transaction, system: string): Promise<Position | null> {
  const [row] = await tx<{ position: Position | null }[]>`
    select position from captures where system = ${system}`;
  return row?.position ?? null;
}

export type MergedRecord = {
  readonly id: RecordId;
  readonly at: string;
  /** "person:ana@example.com" */
  readonly by: string;
};

/** The records that were merged into a record, the first one first. */
export async function mergedInto(sql: Connection, record: RecordId): Promise<MergedRecord[]> {
  return await sql<MergedRecord[]>`
    select id, merged ->> 'at' as at, merged ->> 'by' as by from records
    where merged ->> 'into' = ${record} and merged is not null order by merged ->> 'at', id`;
}
