import { z } from "zod";
import { readLiveVersion } from "../../storage/maps.ts";
import { countRuns, listRuns, usualDurations } from "../../storage/screens/runs.ts";
import { viewerProcedure } from "../trpc.ts";
import { detailOf } from "./detail-words.ts";

const PAGE_RUNS = 100;

const Cursor = z.object({ startedAt: z.iso.datetime(), id: z.string() });

const Input = z.object({
  kind: z.string().optional(),
  system: z.string().optional(),
  state: z.string().optional(),
  cursor: Cursor.nullish(),
});

/** Runs, newest first, in pages; with how long such runs usually take. */
export const list = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { cursor, ...filter } = input;
  const { sql } = ctx.hub;
  const [runs, counts, usual, live] = await Promise.all([
    listRuns(sql, filter, { after: cursor ?? null, countMax: PAGE_RUNS }),
    countRuns(sql, filter),
    usualDurations(sql),
    readLiveVersion(sql),
  ]);
  const last = runs.length === PAGE_RUNS ? runs.at(-1) : undefined;
  return {
    runs: runs.map((run) => ({
      ...run,
      detail: detailOf(run).words,
      usual:
        usual.find(
          (one) =>
            one.kind === run.kind && one.system === run.system && one.binding === run.binding,
        ) ?? null,
    })),
    ...counts,
    systems: live?.document.systems ?? [],
    objects: Object.fromEntries(
      (live?.document.bindings ?? []).map(({ id, object }) => [id, object]),
    ),
    nextCursor: last === undefined ? null : { startedAt: last.startedAt, id: last.id },
  };
});
