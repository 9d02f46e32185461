import { z } from "zod";
import { replaceLayout, saveLayout as savePlaces } from "../../storage/canvas-layouts.ts";
import { notify } from "../../storage/notify.ts";
import { editorProcedure } from "../trpc.ts";

const BOXES_MAX = 500;
const Coordinate = z.int().min(-1_000_000).max(1_000_000);

const Input = z.object({
  entity: z.string(),
  places: z
    .array(z.object({ node: z.string().max(200), x: Coordinate, y: Coordinate }))
    .max(BOXES_MAX),
  /** Forgets the places that are not named. */
  replace: z.boolean().default(false),
});

/** Keeps where boxes were put. It is no part of the map: no version, no difference. */
export const saveLayout = editorProcedure.input(Input).mutation(async ({ ctx, input }) => {
  await ctx.hub.sql.begin(async (tx) => {
    const save = input.replace ? replaceLayout : savePlaces;
    await save(tx, input.entity, input.places);
    await notify(tx, ["maps"]);
  });
});
