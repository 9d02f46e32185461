import { z } from "zod";
import { publishDraft } from "../../engine/acts/publish.ts";
import { readLiveVersion } from "../../storage/maps.ts";
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
  seen: SeenImpact,
});

/** Makes the draft the next version. What stands against it is answered, not thrown. */
export const publish = editorProcedure
  .input(Input)
  .mutation(async ({ ctx, input: { seen, ...input } }) => {
    const live = (await readLiveVersion(ctx.hub.sql))?.number ?? 0;
    const note = noteOf(input.note, seen, { draft: input.revision, live });
    return publishedAnswer(await publishDraft(actOf(ctx), { ...input, note }));
  });
