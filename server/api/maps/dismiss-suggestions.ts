import { z } from "zod";
import { DismissedPair, setDismissed } from "../../storage/dismissed-suggestions.ts";
import { editorProcedure } from "../trpc.ts";

const PAIRS_MAX = 500;

const Input = z.object({
  pairs: z.array(DismissedPair).max(PAIRS_MAX),
  /** False: they may be suggested again. */
  dismissed: z.boolean(),
});

/** Says of pairs that they do not belong together: nobody has them suggested any more. */
export const dismissSuggestions = editorProcedure
  .input(Input)
  .mutation(async ({ ctx, input }) =>
    ctx.hub.sql.begin((tx) => setDismissed(tx, input.pairs, input.dismissed)),
  );
