import { previewUnmerge as preview } from "../../engine/acts/merge.ts";
import { actOf } from "../context.ts";
import { stewardProcedure } from "../trpc.ts";
import { UnmergeInput } from "./merge-input.ts";

/** What parting two merged records would change, and where. */
export const previewUnmerge = stewardProcedure
  .input(UnmergeInput)
  .query(({ ctx, input }) => preview(actOf(ctx), input.record));
