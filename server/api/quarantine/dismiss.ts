import { z } from "zod";
import { dismiss as act } from "../../engine/acts/quarantine.ts";
import { actOf } from "../context.ts";
import { notFound } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";

const Input = z.object({
  item: z.uuid(),
  reason: z.string().trim().min(1, "Say why: it is kept with the value.").max(2_000),
});

/** Lets a refused value be, with a reason. */
export const dismiss = stewardProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const outcome = await act(actOf(ctx), input);
  if (outcome.kind === "unknown") throw notFound("held item", input.item);
  return outcome;
});
