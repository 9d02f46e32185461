import { z } from "zod";
import { rebaseDraft } from "../../engine/acts/draft.ts";
import { actOf } from "../context.ts";
import { editorProcedure } from "../trpc.ts";
import { draftView } from "./draft-view.ts";

const Input = z.object({
  /** Leave out the edits that meet what the live version changed. */
  drop: z.boolean(),
});

/** Brings the draft's edits onto the live version, or lists those that meet its changes. */
export const rebase = editorProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const outcome = await rebaseDraft(actOf(ctx), input);
  if (outcome.kind === "collides") return outcome;
  const dropped = outcome.kind === "rebased" ? outcome.dropped : [];
  return { kind: "rebased" as const, draft: await draftView(ctx, outcome.draft), dropped };
});
