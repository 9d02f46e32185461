import { merge as act, type MergeResult } from "../../engine/acts/merge.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";
import { MergeInput } from "./merge-input.ts";

/** Makes two records one; it can be undone at any time. */
export const merge = stewardProcedure.input(MergeInput).mutation(async ({ ctx, input }) => {
  const result = await act(actOf(ctx), input);
  if (result.kind === "merged") return { record: input.winner, writes: result.writes };
  throw mergeProblem(result);
});

type NotMerged = Exclude<MergeResult, { kind: "merged" }>;

const REFUSALS: Readonly<Record<Exclude<NotMerged["kind"], "no-record">, string>> = {
  "same-record": "It is the same record.",
  "other-entity": "Only records of one entity can be merged.",
  asked: "This field of the record is under review. Answer its question; that decides the value.",
  undecided: "Both have a row in the same place. Say first what becomes of the second.",
  "not-deletable": "The map does not delete rows there; the second row can only be left.",
  busy: "A row is being made for one of the two. Try again in a moment.",
};

/** Why two records were not merged. Nothing was changed then. */
function mergeProblem(result: NotMerged): Error {
  if (result.kind === "no-record") return notFound("record", result.record);
  const { kind } = result;
  const message = `${REFUSALS[kind]} Nothing was changed.`;
  return new Problem({ code: "CONFLICT", kind, message });
}
