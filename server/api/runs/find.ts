import { z } from "zod";
import { failureGroups } from "../../storage/screens/runs.ts";
import { viewerProcedure } from "../trpc.ts";
import { detailOf } from "./detail-words.ts";
import { loadRun, windowOf } from "./run-map.ts";
import { waitingOf } from "./waiting-rows.ts";

/** One run: its numbers, what it ran on, and what failed, grouped by what is wrong. */
export const find = viewerProcedure
  .input(z.object({ run: z.string() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const { run, document } = await loadRun(sql, input.run);
    const failures = await failureGroups(sql, run, windowOf(run, ctx.clock.now()));
    const binding = document.bindings.find(({ id }) => id === run.binding);
    const entity = document.entities.find(({ id }) => id === binding?.entity);
    const nameOf = (id: string) => entity?.fields.find((field) => field.id === id)?.name ?? id;
    const waiting = await waitingOf(sql, run, entity?.title ?? "");
    const counts = waiting === null ? run.counts : { ...run.counts, quarantined: waiting.rows };
    return {
      ...run,
      detail: detailOf({ ...run, counts }, nameOf),
      waiting,
      failures,
      systems: document.systems,
      object: binding?.object ?? null,
      entity: entity === undefined ? null : { id: entity.id, name: entity.name },
      fields: document.entities.flatMap(({ id, fields }) =>
        fields.map(({ id: field, name, type }) => ({ entity: id, id: field, name, type })),
      ),
    };
  });
