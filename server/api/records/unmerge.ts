import { unmerge as act } from "../../engine/acts/merge.ts";
import { actOf } from "../context.ts";
import { Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";
import { UnmergeInput } from "./merge-input.ts";

const REFUSALS = {
  "not-merged": "This record is not merged into another one, or not any more.",
  "merged-again":
    "The record that it was merged into was merged into a third one since. Part those two first.",
  busy: "Its row is being deleted at this moment. Try again in a moment.",
} as const;

/** Parts two records that were merged: both have their links and values again. */
export const unmerge = stewardProcedure.input(UnmergeInput).mutation(async ({ ctx, input }) => {
  const result = await act(actOf(ctx), input.record);
  if (result.kind === "unmerged") return { from: result.from, writes: result.writes };
  const { kind } = result;
  throw new Problem({
    code: "CONFLICT",
    kind,
    message: `${REFUSALS[kind]} Nothing was changed.`,
  });
});
