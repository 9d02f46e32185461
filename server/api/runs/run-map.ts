import type { Sql } from "../../../db/client.ts";
import { EMPTY_MAP, type MapDocument } from "../../core/map/document.ts";
import { readLiveVersion, readVersion } from "../../storage/maps.ts";
import { findRun, type RunLine, type RunWindow } from "../../storage/screens/runs.ts";
import { notFound } from "../problem.ts";

/** A run with the map that it ran under. Throws NOT_FOUND. */
export async function loadRun(
  sql: Sql,
  id: string,
): Promise<{ run: RunLine; document: MapDocument }> {
  const run = await findRun(sql, id);
  if (run === null) throw notFound("run", id);
  const version =
    run.mapVersion === null ? await readLiveVersion(sql) : await readVersion(sql, run.mapVersion);
  return { run, document: version?.document ?? EMPTY_MAP };
}

/** Where in the log of time a run lies; one that runs reaches to now. */
export function windowOf(run: RunLine, now: Date): RunWindow {
  return { run: run.id, from: run.startedAt, to: run.finishedAt ?? now.toISOString() };
}
