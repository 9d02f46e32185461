import { z } from "zod";
import { readLayout } from "../../storage/canvas-layouts.ts";
import { viewerProcedure } from "../trpc.ts";

/** Where boxes of an entity's canvas were put by hand. */
export const layout = viewerProcedure
  .input(z.object({ entity: z.string() }))
  .query(({ ctx, input }) => readLayout(ctx.hub.sql, input.entity));
