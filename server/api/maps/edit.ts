import { z } from "zod";
import { Edit } from "../../core/map/edits/edit.ts";
import { SuggestionWish } from "../../core/suggest/taken.ts";
import { editDraft } from "../../engine/acts/draft.ts";
import { actOf } from "../context.ts";
import { editorProcedure } from "../trpc.ts";
import { answerOf } from "./draft-view.ts";

const Input = z.object({
  revision: z.int().min(0),
  edit: Edit,
  /** Which suggestions it takes or confirms. */
  suggestions: SuggestionWish.optional(),
});

/**
 * Makes one edit on the draft. An edit of an older revision is brought onto the present one, or
 * answered with "moved" when somebody changed the same thing; nothing is written over.
 */
export const edit = editorProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const outcome = await editDraft(actOf(ctx), input);
  return await answerOf(ctx, outcome, input.revision + 1);
});
