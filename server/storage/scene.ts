import type { Transaction } from "../../db/client.ts";

/** What every decision sees beside its records. */
export type StoredScene = {
  /** The number of the version that is live; 0 before the first one. */
  readonly version: number;
  /** By system: its objects that have been read whole. */
  readonly loaded: ReadonlyMap<string, ReadonlySet<string>>;
  /** Systems that are compared because the hub was restored. */
  readonly forgotten: ReadonlySet<string>;
  /** Per system: its measured clock against the hub's. */
  readonly clocks: ReadonlyMap<string, { readonly offsetMs: number; readonly errorMs: number }>;
};

type Row = {
  version: number;
  loaded: Record<string, Record<string, string>> | null;
  forgotten: string[] | null;
  clocks: [system: string, offsetMs: number, errorMs: number][] | null;
};

/** One statement: it is asked once for each batch, also for one of a single change. */
export async function loadStoredScene(tx: Transaction): Promise<StoredScene> {
  const [row] = await tx<Row[]>`
    select (select coalesce(max(number), 0)::int from map_versions) as version,
      (select jsonb_object_agg(system, loaded) from captures) as loaded,
      (select jsonb_agg(system) from captures where comparing->>'because' = 'hub') as forgotten,
      (select jsonb_agg(jsonb_build_array(id, clock_offset_ms, clock_error_ms)) from systems
        where clock_offset_ms is not null and clock_error_ms is not null) as clocks`;
  const loaded = Object.entries(row?.loaded ?? {});
  const clocks = row?.clocks ?? [];
  return {
    version: row?.version ?? 0,
    loaded: new Map(loaded.map(([system, objects]) => [system, new Set(Object.keys(objects))])),
    forgotten: new Set(row?.forgotten ?? []),
    clocks: new Map(clocks.map(([system, offsetMs, errorMs]) => [system, { offsetMs, errorMs }])),
  };
}
