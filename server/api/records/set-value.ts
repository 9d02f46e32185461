import { z } from "zod";
import { setValue as act } from "../../engine/acts/set-value.ts";
import { actOf } from "../context.ts";
import { notFound, Problem } from "../problem.ts";
import { stewardProcedure } from "../trpc.ts";
import { ValueInput } from "../value-input.ts";

const Input = z.object({
  record: z.uuid(),
  field: z.string(),
  value: ValueInput,
  /** What the hub had when it was shown; `value` is missing where it had none. */
  shown: z.object({ value: ValueInput.optional() }),
});

/** Sets the hub's value of a field; every system that receives it gets it. */
export const setValue = stewardProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const outcome = await act(actOf(ctx), input);
  switch (outcome.kind) {
    case "set":
    case "same":
      return outcome;
    case "unknown":
      throw notFound(outcome.what, outcome.what === "field" ? input.field : input.record);
    case "invalid":
      throw new Problem({
        code: "BAD_REQUEST",
        kind: "invalid-value",
        message: `${outcome.message} Nothing was changed.`,
        fields: { value: outcome.message },
      });
    case "moved":
      throw new Problem({
        code: "CONFLICT",
        kind: "moved",
        message:
          "The value has changed while you were editing. Look at the new one and decide again; " +
          "nothing was changed.",
      });
    case "asked":
      throw new Problem({
        code: "CONFLICT",
        kind: "asked",
        message:
          "This field is under review. Answer its question instead: that decides the value. " +
          "Nothing was changed.",
      });
  }
});
