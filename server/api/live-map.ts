import type { Sql } from "../../db/client.ts";
import { EMPTY_MAP, type MapDocument } from "../core/map/document.ts";
import { currentVersion } from "../storage/current-map.ts";
import { readLiveVersion } from "../storage/maps.ts";
import { type Titles, titlesOf } from "../storage/screens/titles.ts";

/** The live map, with what screens ask of it most; an empty one before the first publish. */
export type LiveMap = {
  readonly version: number;
  readonly document: MapDocument;
  readonly titles: Titles;
};

/** Versions never change: one per process is kept, read and parsed once. */
const kept = new WeakMap<Sql, LiveMap>();

export async function readLiveMap(sql: Sql): Promise<LiveMap> {
  const known = kept.get(sql);
  if (known !== undefined && known.version === (await currentVersion(sql))) return known;
  const live = await readLiveVersion(sql);
  const document = live?.document ?? EMPTY_MAP;
  const map = {
    version: live?.number ?? 0,
    document,
    titles: titlesOf(document),
  };
  kept.set(sql, map);
  return map;
}
