import { z } from "zod";
import { LIMITS } from "../../core/limits.ts";
import { startReplay as act } from "../../engine/acts/replay-run.ts";
import { actOf } from "../context.ts";
import { stewardProcedure } from "../trpc.ts";
import { HeldFilterInput } from "./held-filter.ts";

const Input = z.object({
  filter: HeldFilterInput,
  perSecond: z.int().min(1).max(LIMITS.replayPerSecondMax),
});

/** Begins to try all held items that match again, at a pace; an engine carries it on. */
export const startReplay = stewardProcedure
  .input(Input)
  .mutation(({ ctx, input }) => act(actOf(ctx), input));
