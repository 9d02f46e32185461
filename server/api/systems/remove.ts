import { z } from "zod";
import type { Trace } from "../../connectors/connector.ts";
import { type RemoveOutcome, removeSystem } from "../../engine/acts/remove-system.ts";
import { readVariable } from "../../platform/env.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { adminProcedure } from "../trpc.ts";

const Input = z.object({
  system: z.string(),
  /** Forget it although it does not answer: what we made in it then stays there. */
  leaveBehind: z.boolean().default(false),
});

/** Removes a system with what we made in it. Answers with what is left there. */
export const remove = adminProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const { box, connectors } = ctx;
  const outcome = await removeSystem(
    { ...actOf(ctx), box, connectors, variable: readVariable },
    input,
  );
  if (outcome.kind === "removed") return { left: outcome.left };
  throw refusalOf(outcome, input.system);
});

function refusalOf(outcome: Exclude<RemoveOutcome, { kind: "removed" }>, system: string): Problem {
  switch (outcome.kind) {
    case "bound":
      return new Problem({
        code: "CONFLICT",
        kind: "bound",
        message:
          `The live map still binds ${outcome.objects.join(", ")}. ` +
          "Take the system out of the draft and publish it, then remove it. Nothing was changed.",
      });
    case "unreachable":
      return new Problem({
        code: "UNPROCESSABLE_CONTENT",
        kind: "unreachable",
        message:
          `What we made in the system could not be removed: ${outcome.failure.detail} ` +
          `Nothing was changed. ${leftWords(outcome.left)}`,
      });
    default:
      return notFound(outcome.what, system);
  }
}

function leftWords(left: readonly Trace[]): string {
  if (left.length === 0) return "";
  const list = new Intl.ListFormat("en").format(left.map(({ what }) => what));
  return `There it leaves ${list}; until the slot is gone, the server keeps its log for us.`;
}
