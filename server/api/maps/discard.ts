import { discardDraft } from "../../engine/acts/draft.ts";
import { actOf } from "../context.ts";
import { editorProcedure } from "../trpc.ts";
import { answerOf } from "./draft-view.ts";

/** Makes the draft say what the live version says. */
export const discard = editorProcedure.mutation(
  async ({ ctx }) => await answerOf(ctx, await discardDraft(actOf(ctx)), null),
);
