import { z } from "zod";
import { LIMITS } from "../../core/limits.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { recordsNamed, runLines } from "../../storage/screens/runs.ts";
import { titlesOf } from "../../storage/screens/titles.ts";
import { viewerProcedure } from "../trpc.ts";
import { loadRun, windowOf } from "./run-map.ts";

const Input = z.object({
  run: z.string(),
  /** A record's id, a system's id of it, or the value of a match key. */
  search: z.string().trim().max(500).optional(),
  cursor: z.object({ at: z.iso.datetime(), stream: z.string(), number: z.int() }).nullish(),
});

/** What a run did to records, newest first, in pages. */
export const lines = viewerProcedure.input(Input).query(async ({ ctx, input }) => {
  const { sql } = ctx.hub;
  const { run, document } = await loadRun(sql, input.run);
  const search = input.search ?? "";
  const records = search === "" ? null : await recordsNamed(sql, search, placesOf(document));
  const found = await runLines(sql, windowOf(run, ctx.clock.now()), {
    records,
    after: input.cursor ?? null,
    countMax: LIMITS.pageRowsMax,
    titles: titlesOf(document),
  });
  const last = found.length === LIMITS.pageRowsMax ? found.at(-1) : undefined;
  return {
    lines: found,
    /** How many records the search names, in this run or not. */
    named: records?.length ?? null,
    nextCursor:
      last === undefined ? null : { at: last.at, stream: last.stream, number: last.number },
  };
});

function placesOf(document: MapDocument) {
  return {
    bindings: document.bindings.map(({ id }) => id),
    keys: document.entities.flatMap(({ id, matchKeys }) =>
      matchKeys.map((fields) => ({ entity: id, key: fields.join("+") })),
    ),
  };
}
