import { z } from "zod";
import { readSchemas } from "../../storage/systems.ts";
import { notFound } from "../problem.ts";
import { viewerProcedure } from "../trpc.ts";

/** One object of a system as it was discovered. */
export const object = viewerProcedure
  .input(z.object({ system: z.string(), name: z.string() }))
  .query(async ({ ctx, input }) => {
    const schemas = await readSchemas(ctx.hub.sql);
    const found = schemas[input.system]?.find(({ name }) => name === input.name);
    if (found === undefined) throw notFound("object", input.name);
    return found;
  });
