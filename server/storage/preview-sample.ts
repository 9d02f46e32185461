import type { Transaction } from "../../db/client.ts";
import type { KeptRow } from "./preview.ts";
import { arrayParameter } from "./rows.ts";

/**
 * A sample of the hub's records, and their partners: records that they refer to, or whose keys
 * their rows have. Partners are decided as the sample is, and not counted. The hub's own tables are
 * asked here by their whole names, for a preview's come first.
 */

/** Of any texts about the same share, and of the same texts always the same ones. */
const sliceOf = (text: string): string => `abs(hashtextextended(${text}, 0) % ${SLICES})`;
const SLICES = 1_000_000;

/** The share as `sliceOf` has it. */
const below = (share: number): number => Math.round(share * SLICES);

/** Under which step partners are noted, and for how many there is room. */
export type PartnerPlace = { readonly step: number; readonly countMax: number };

/** A field that refers to records. */
export type ReferenceField = { readonly entity: string; readonly field: string };

/** Notes in `preview_taken` about this share of the hub's records. */
export async function drawRecords(tx: Transaction, share: number): Promise<void> {
  await tx.unsafe(`insert into pg_temp.preview_taken (record, is_partner, step)
    select id, false, 1 from public.records where ${sliceOf("id::text")} < ${below(share)}`);
  await tx.unsafe("analyze pg_temp.preview_taken");
}

/**
 * Notes as partners whom the records of the step before refer to, and into whom they were merged.
 * @returns how many they are
 */
export async function drawPartners(
  tx: Transaction,
  fields: readonly ReferenceField[],
  { step, countMax }: PartnerPlace,
): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    with of as materialized (
      select r.entity, r.values, r.merged from pg_temp.preview_taken t
      join public.records r on r.id = t.record where t.step = ${step - 1}),
    named as (
      select of.values -> f.field ->> 'v' as id from of
      join unnest(${arrayParameter(fields.map(({ entity }) => entity))}::text[],
        ${arrayParameter(fields.map(({ field }) => field))}::text[]) as f(entity, field)
        on f.entity = of.entity
      union select merged ->> 'into' from of where merged is not null),
    put as (
      insert into pg_temp.preview_taken (record, is_partner, step)
      select r.id, true, ${step}::int from public.records r
      where r.id = any(array(select id::uuid from named where id ~ ${UUID}))
        and not exists (select 1 from pg_temp.preview_taken k where k.record = r.id)
      limit ${countMax}
      returning 1)
    select count(*)::int as count from put`;
  return row?.count ?? 0;
}

const UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$";

/**
 * Notes these records as partners, where they are not taken yet.
 * @returns how many they are
 */
export async function addPartners(
  tx: Transaction,
  records: readonly string[],
  { step, countMax }: PartnerPlace,
): Promise<number> {
  const put = await tx`
    insert into pg_temp.preview_taken (record, is_partner, step)
    select id, true, ${step}::int from unnest(${arrayParameter(records)}::uuid[]) as r(id)
    limit ${countMax} on conflict do nothing returning 1`;
  return put.length;
}

/** The partners that were noted after a step. */
export async function partnersSince(tx: Transaction, after: number): Promise<string[]> {
  const rows = await tx<{ record: string }[]>`
    select record from pg_temp.preview_taken where is_partner and step > ${after}`;
  return rows.map(({ record }) => record);
}

/** A record, and whether it is taken: in the sample or as a partner. */
export type Holder = { readonly record: string; readonly isTaken: boolean };

/** By external id: whose rows of bindings they are in the hub. */
export async function holdersOfRows(
  tx: Transaction,
  bindings: readonly string[],
  externalIds: readonly string[],
): Promise<Map<string, Holder[]>> {
  const rows = await tx<(Holder & { id: string })[]>`
    select l.external_id as id, l.record, t.record is not null as "isTaken"
    from public.links l left join pg_temp.preview_taken t on t.record = l.record
    where l.binding = any(${arrayParameter(bindings)}::text[])
      and l.external_id = any(${arrayParameter(externalIds)}::text[])
      and l.state in ('live', 'left', 'archived', 'missing', 'doubted')`;
  return Map.groupBy(rows, ({ id }) => id);
}

export type Key = { readonly entity: string; readonly key: string; readonly value: string };

/** Who has these keys in the hub, in their order. */
export async function holdersOfKeys(tx: Transaction, keys: readonly Key[]): Promise<Holder[][]> {
  const found: Holder[][] = keys.map(() => []);
  if (keys.length === 0) return found;
  const rows = await tx<(Holder & { place: number })[]>`
    select w.place::int, k.record, t.record is not null as "isTaken"
    from unnest(${arrayParameter(keys.map(({ entity }) => entity))}::text[],
      ${arrayParameter(keys.map(({ key }) => key))}::text[],
      ${arrayParameter(keys.map(({ value }) => value))}::text[])
      with ordinality as w(entity, key, value, place)
    join public.record_keys k on k.entity = w.entity and k.key = w.key and k.value = w.value
    left join pg_temp.preview_taken t on t.record = k.record`;
  for (const { place, ...holder } of rows) found[place - 1]?.push(holder);
  return found;
}

/** The records whose rows of a binding have these keys, or these names of another space. */
export async function recordsNamed(
  tx: Transaction,
  rows: readonly { readonly binding: string; readonly externalId: string }[],
): Promise<string[]> {
  if (rows.length === 0) return [];
  const spaces = arrayParameter(rows.map(({ binding }) => binding));
  const names = arrayParameter(rows.map(({ externalId }) => externalId));
  const found = await tx<{ record: string }[]>`
    with w as (select distinct * from
      unnest(${spaces}::text[], ${names}::text[]) as w(space, name))
    select l.record from w join public.links l
      on l.binding = w.space and l.external_id = w.name and l.state = 'live'
    union select l.record from w join public.row_names n on n.space = w.space and n.name = w.name
      join public.links l on l.id = n.link and l.state = 'live'`;
  return found.map(({ record }) => record);
}

/** Which of these texts are in the share. */
export async function drawTexts(
  tx: Transaction,
  texts: readonly string[],
  share: number,
): Promise<Set<string>> {
  if (texts.length === 0) return new Set();
  const rows = await tx<{ text: string }[]>`
    select text from unnest(${arrayParameter(texts)}::text[]) as t(text)
    where ${tx.unsafe(sliceOf("text"))} < ${below(share)}`;
  return new Set(rows.map(({ text }) => text));
}

/** The rows of those of these records that are taken, in bindings, as the hub knows them. */
export async function rowsOfRecords(
  tx: Transaction,
  bindings: readonly string[],
  records: readonly string[],
): Promise<KeptRow[]> {
  if (records.length === 0) return [];
  return await tx<KeptRow[]>`
    select external_id as "externalId", columns from public.links
    where record = any(${arrayParameter(records)}::uuid[])
      and record in (select t.record from pg_temp.preview_taken t)
      and binding = any(${arrayParameter(bindings)}::text[]) and external_id is not null
      and state in ('live', 'left', 'archived', 'missing', 'doubted')`;
}
