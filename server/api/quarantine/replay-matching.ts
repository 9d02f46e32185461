import { z } from "zod";
import { replayMatching as act } from "../../engine/acts/quarantine.ts";
import { actOf } from "../context.ts";
import { stewardProcedure } from "../trpc.ts";
import { HeldFilterInput } from "./held-filter.ts";

const Input = z.object({ filter: HeldFilterInput, after: z.uuid().nullable() });

/** Tries a page of the held items that match; go on with `next` until that is null. */
export const replayMatching = stewardProcedure
  .input(Input)
  .mutation(({ ctx, input }) => act(actOf(ctx), input));
