import { z } from "zod";
import { LIMITS } from "../../core/limits.ts";
import { parseMapFile } from "../../core/map/file.ts";
import { isSame } from "../../core/map/same.ts";
import { editDraft } from "../../engine/acts/draft.ts";
import { readDraft } from "../../storage/drafts.ts";
import { actOf } from "../context.ts";
import { editorProcedure } from "../trpc.ts";

const Input = z.object({
  /** What the file is called, for the undo menu. */
  name: z.string().trim().min(1).max(150),
  /** What the reading refuses with a sentence is let through to it. */
  text: z.string().max(2 * LIMITS.mapFileBytesMax),
});

/**
 * Makes the draft what a map file says: one edit, that can be undone; nothing goes live. How
 * systems are reached is not taken from the file: that is set up on their own pages.
 * @returns what is wrong with the file, with lines and columns from 1; then nothing has changed
 */
export const importFile = editorProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const parsed = parseMapFile(input.text);
  if (!parsed.ok) return { kind: "problems" as const, problems: [...parsed.problems] };
  const { document } = parsed.file;
  const draft = await readDraft(ctx.hub.sql);
  if (isSame(draft.document, document)) return { kind: "same" as const };
  const edit = { type: "replace-document" as const, document, label: `Bring in ${input.name}` };
  const outcome = await editDraft(actOf(ctx), { revision: draft.revision, edit });
  switch (outcome.kind) {
    case "refused":
      return { kind: "refused" as const, message: outcome.refusal.message };
    case "moved":
      return { kind: "refused" as const, message: outcome.message };
    default:
      return { kind: "done" as const };
  }
});
