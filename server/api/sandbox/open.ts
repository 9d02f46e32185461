import { requireVariable } from "../../platform/env.ts";
import { SandboxProblem } from "../../sandbox/open-sandbox.ts";
import { openSandbox } from "../../sandbox/sandbox.ts";
import { Problem } from "../problem.ts";
import { adminProcedure } from "../trpc.ts";

/** Opens the sandbox in an empty studio: three systems with rows and the ready map. */
export const open = adminProcedure.mutation(async ({ ctx }) => {
  try {
    const url = requireVariable("DATABASE_URL");
    return await openSandbox({ ...ctx, person: ctx.person.email }, url);
  } catch (error) {
    if (!(error instanceof SandboxProblem)) throw error;
    throw new Problem({ code: "CONFLICT", kind: "refused", message: error.message });
  }
});
