import { redoDraft } from "../../engine/acts/draft.ts";
import { actOf } from "../context.ts";
import { editorProcedure } from "../trpc.ts";
import { answerOf } from "./draft-view.ts";

/** Makes the person's last undone edit again. */
export const redo = editorProcedure.mutation(
  async ({ ctx }) => await answerOf(ctx, await redoDraft(actOf(ctx)), null),
);
