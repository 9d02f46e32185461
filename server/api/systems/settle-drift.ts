import { z } from "zod";
import { forgetLoaded } from "../../storage/captures.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { notify } from "../../storage/notify.ts";
import { storedObjects } from "../../storage/screens/systems.ts";
import { clearDrift } from "../../storage/systems.ts";
import { notFound, Problem } from "../problem.ts";
import { editorProcedure } from "../trpc.ts";

/**
 * A changed shape is dealt with. An object that stood still is read whole again: what was missed
 * meanwhile is found. Refused while the live map still uses a column that is gone.
 */
export const settleDrift = editorProcedure
  .input(z.object({ system: z.string(), object: z.string() }))
  .mutation(async ({ ctx, input }) => {
    const { system, object } = input;
    const { sql } = ctx.hub;
    const [objects, live] = await Promise.all([storedObjects(sql, system), readLiveVersion(sql)]);
    const known = objects.find(({ schema }) => schema.name === object);
    if (known === undefined) throw notFound("object", object);
    const bindings = live?.document.bindings ?? [];
    const used = bindings
      .filter((binding) => binding.system === system && binding.object === object)
      .flatMap(({ edges }) => edges.flatMap(({ columns }) => columns));
    const present = new Set(known.schema.columns.map(({ name }) => name));
    const gone = [...new Set(used.filter((column) => !present.has(column)))];
    if (gone.length > 0) throw stillUsed(gone);
    await sql.begin(async (tx) => {
      const stoodStill = known.drift?.breaking === true;
      if (!(await clearDrift(tx, system, object))) return;
      if (stoodStill) await forgetLoaded(tx, system, [object]);
      await notify(tx, ["systems", "runs"]);
    });
  });

function stillUsed(columns: readonly string[]): Problem {
  const names = columns.map((column) => `“${column}”`).join(", ");
  return new Problem({
    code: "CONFLICT",
    kind: "still-used",
    message:
      `The live map still uses ${names}, which the system has no more. ` +
      "Take those edges out of the draft and publish it first. Nothing was changed.",
  });
}
