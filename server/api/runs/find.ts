import { z } from "zod";
import { failureGroups } from "../../storage/screens/runs.ts";
import { viewerProcedure } from "../trpc.ts";
import { detailOf } from "./detail-words.ts";
import { loadRun, windowOf } from "./run-map.ts";

/** One run: its numbers, what it ran on, and what failed, grouped by what is wrong. */
export const find = viewerProcedure
  .input(z.object({ run: z.string() }))
  .query(async ({ ctx, input }) => {
    const { sql } = ctx.hub;
    const { run, document } = await loadRun(sql, input.run);
    const failures = await failureGroups(sql, run, windowOf(run, ctx.clock.now()));
    const binding = document.bindings.find(({ id }) => id === run.binding);
    const entity = document.entities.find(({ id }) => id === binding?.entity);
    return {
      ...run,
      detail: detailOf(run),
      failures,
      systems: document.systems,
      object: binding?.object ?? null,
      entity: entity === undefined ? null : { id: entity.id, name: entity.name },
      fields: document.entities.flatMap(({ id, fields }) =>
        fields.map((field) => ({ entity: id, id: field.id, name: field.name })),
      ),
    };
  });
