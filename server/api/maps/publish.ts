import { z } from "zod";
import { publishDraft } from "../../engine/acts/publish.ts";
import { actOf } from "../context.ts";
import { editorProcedure } from "../trpc.ts";
import { publishedAnswer } from "./published.ts";
import { noteOf, SeenImpact } from "./seen-impact.ts";

const NOTE_CHARACTERS_MAX = 2_000;

const Input = z.object({
  /** The draft as the person saw it. */
  revision: z.int().min(0),
  note: z.string().trim().max(NOTE_CHARACTERS_MAX),
  /** Keys of the warnings that the person has seen. */
  acknowledged: z.array(z.string()),
  /** Missing where nobody looked at a preview. */
  impact: SeenImpact.optional(),
});

/** Makes the draft the next version. What stands against it is answered, not thrown. */
export const publish = editorProcedure
  .input(Input)
  .mutation(async ({ ctx, input: { impact, ...input } }) => {
    const note = noteOf(input.note, impact);
    return publishedAnswer(await publishDraft(actOf(ctx), { ...input, note }));
  });
