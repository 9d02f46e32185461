import { z } from "zod";
import { PlaceShape } from "../../core/map/place-shape.ts";
import { restoreRule as restore } from "../../core/map/restore/restore-rule.ts";
import { RULE_KINDS } from "../../core/map/rules.ts";
import { editDraft } from "../../engine/acts/draft.ts";
import { readDraft } from "../../storage/drafts.ts";
import { actOf } from "../context.ts";
import { editorProcedure } from "../trpc.ts";
import { answerOf } from "./draft-view.ts";
import { readSide } from "./map-side.ts";

const Input = z.object({
  /** The version that says it. */
  version: z.int().min(1),
  rule: z.object({ kind: z.enum(RULE_KINDS), place: PlaceShape }),
});

/**
 * Brings one rule of an earlier version back into the draft, as an edit like another. Where it
 * cannot come back by itself the answer says why, and nothing has changed.
 */
export const restoreRule = editorProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const { version, rule } = input;
  const [from, draft] = await Promise.all([readSide(ctx, version), readDraft(ctx.hub.sql)]);
  const maps = { from: from.document, into: draft.document };
  const restoration = restore(maps, rule, version);
  if (!restoration.ok) return { kind: "refused" as const, message: restoration.message };
  const { edit } = restoration;
  const outcome = await editDraft(actOf(ctx), { revision: draft.revision, edit });
  return await answerOf(ctx, outcome, null);
});
