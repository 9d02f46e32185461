import { z } from "zod";
import { rollBack as rollBackTo } from "../../engine/acts/publish.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { actOf } from "../context.ts";
import { editorProcedure } from "../trpc.ts";
import { publishedAnswer } from "./published.ts";
import { noteOf, SeenImpact } from "./seen-impact.ts";

const Input = z.object({
  number: z.int().min(1),
  note: z.string().trim().max(2_000),
  acknowledged: z.array(z.string()),
  seen: SeenImpact,
});

/** Publishes the rules of an earlier version again, as a new version. Nothing is deleted. */
export const rollBack = editorProcedure
  .input(Input)
  .mutation(async ({ ctx, input: { seen, ...input } }) => {
    const own = input.note === "" ? `Back to version ${input.number}` : input.note;
    const live = (await readLiveVersion(ctx.hub.sql))?.number ?? 0;
    const note = noteOf(own, seen, { version: input.number, live });
    return publishedAnswer(await rollBackTo(actOf(ctx), { ...input, note }));
  });
