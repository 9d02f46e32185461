import { z } from "zod";
import { notify } from "../../storage/notify.ts";
import { confirmTaken, noteTaken, TakenSuggestion } from "../../storage/taken-suggestions.ts";
import { editorProcedure } from "../trpc.ts";

const EDGES_MAX = 500;

const Input = z.object({
  /** Edges that are taken from the suggestions now. */
  taken: z.array(TakenSuggestion).max(EDGES_MAX).default([]),
  /** Edges that a person has confirmed. */
  confirmed: z
    .array(TakenSuggestion.pick({ binding: true, edge: true }))
    .max(EDGES_MAX)
    .default([]),
});

/** Notes which edges are suggestions still. It is no part of the map: no version, no difference. */
export const noteSuggestions = editorProcedure.input(Input).mutation(async ({ ctx, input }) => {
  await ctx.hub.sql.begin(async (tx) => {
    if (input.taken.length > 0) await noteTaken(tx, input.taken);
    if (input.confirmed.length > 0) await confirmTaken(tx, input.confirmed);
    await notify(tx, ["maps"]);
  });
});
