import { previewMerge as preview } from "../../engine/acts/merge.ts";
import { actOf } from "../context.ts";
import { notFound } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";
import { MergeInput } from "./merge-input.ts";

/** What merging two records would change, where; or what is to be said or waited for first. */
export const previewMerge = stewardProcedure.input(MergeInput).query(async ({ ctx, input }) => {
  const result = await preview(actOf(ctx), input);
  if (result.kind === "no-record") throw notFound("record", result.record);
  return result;
});
