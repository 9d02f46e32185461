import { undoDraft } from "../../engine/acts/draft.ts";
import { actOf } from "../context.ts";
import { editorProcedure } from "../trpc.ts";
import { answerOf } from "./draft-view.ts";

/** Takes back the person's own newest edit of the draft. */
export const undo = editorProcedure.mutation(
  async ({ ctx }) => await answerOf(ctx, await undoDraft(actOf(ctx)), null),
);
