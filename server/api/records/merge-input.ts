import { z } from "zod";
import { SECOND_ROWS } from "../../core/reconcile/merge-rows.ts";

export const MergeInput = z.object({
  winner: z.uuid(),
  /** The record that is the winner from then on. */
  loser: z.uuid(),
  /** Whose value stands, by field; left out: the winner's, or the loser's where that is blank. */
  values: z.record(z.string(), z.enum(["winner", "loser"])).default({}),
  /** What becomes of the loser's row, by binding, where both have one. */
  second: z.record(z.string(), z.enum(SECOND_ROWS)).default({}),
});

export const UnmergeInput = z.object({ record: z.uuid() });
