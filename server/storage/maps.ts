import type { Connection, Transaction } from "../../db/client.ts";
import { present } from "../core/assert.ts";
import { MapDocument } from "../core/map/document.ts";

/** A published version of the map. Immutable. */
export type MapVersion = VersionLine & { readonly document: MapDocument };

export type VersionLine = {
  readonly number: number;
  readonly author: string;
  readonly note: string;
  /** The version whose rules this one brought back; null if it is none. */
  readonly restores: number | null;
  /** ISO 8601 UTC. */
  readonly publishedAt: string;
};

/** The version that runs; null before the first publish. */
export async function readLiveVersion(sql: Connection): Promise<MapVersion | null> {
  const rows = await sql<VersionRow[]>`
    select number, document, author, note, restores, published_at as "publishedAt"
    from map_versions order by number desc limit 1`;
  return toVersion(rows[0]);
}

/** One version by its number; null where there is none. */
export async function readVersion(sql: Connection, number: number): Promise<MapVersion | null> {
  const rows = await sql<VersionRow[]>`
    select number, document, author, note, restores, published_at as "publishedAt"
    from map_versions where number = ${number}`;
  return toVersion(rows[0]);
}

/**
 * Versions without their documents, newest first.
 * @param options `before`: only those with a lower number
 */
export async function listVersions(
  sql: Connection,
  options: { readonly before?: number; readonly countMax: number },
): Promise<VersionLine[]> {
  return await sql<VersionLine[]>`
    select number, author, note, restores, published_at as "publishedAt"
    from map_versions where number < ${options.before ?? 2_147_483_647}
    order by number desc limit ${options.countMax}`;
}

/**
 * Holds the map until the transaction ends, so that two who publish or edit the draft do so one
 * after the other.
 */
export async function lockMap(tx: Transaction): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended('fieldline map', 0))`;
}

/**
 * Adds the next version. Call it under `lockMap`.
 * @param version `at` is ISO 8601 UTC
 * @returns its number
 */
export async function insertVersion(
  tx: Transaction,
  version: {
    readonly document: MapDocument;
    readonly author: string;
    readonly note: string;
    readonly restores: number | null;
    readonly at: string;
  },
): Promise<number> {
  const rows = await tx<{ number: number }[]>`
    insert into map_versions (number, document, author, note, restores, published_at)
    select coalesce(max(number), 0) + 1, ${JSON.stringify(version.document)}::text::jsonb,
      ${version.author}, ${version.note}, ${version.restores}, ${version.at}
    from map_versions returning number`;
  return present(rows[0], "An insert of one row returns it.").number;
}

type VersionRow = VersionLine & { readonly document: unknown };

/** Parsed on the way out: a row may be older than the code. */
function toVersion(row: VersionRow | undefined): MapVersion | null {
  return row === undefined ? null : { ...row, document: MapDocument.parse(row.document) };
}
