import type { Sql } from "../../../db/client.ts";

/** What a publish set in motion: its run, and how many questions were opened while it ran. */
export type VersionEffect = {
  readonly number: number;
  /** The run that the publish made; null where it is no longer kept. */
  readonly run: string | null;
};

export async function versionEffects(
  sql: Sql,
  numbers: readonly number[],
): Promise<VersionEffect[]> {
  return await sql<VersionEffect[]>`
    select v.number, (
      select id from runs where kind = 'publish' and map_version = v.number
      order by started_at desc limit 1) as run
    from map_versions v where v.number = any(${numbers as number[]})`;
}

export async function countVersions(sql: Sql): Promise<number> {
  const [row] = await sql<[{ n: number }]>`select count(*)::int as n from map_versions`;
  return row.n;
}

/** Where the draft and the live version stand: enough to know whether a screen is behind. */
export async function mapMarks(sql: Sql): Promise<{ revision: number; live: number }> {
  const [row] = await sql<[{ revision: number; live: number }]>`
    select coalesce((select revision from drafts), 0) as revision,
      coalesce((select max(number) from map_versions), 0) as live`;
  return row;
}
