import { verifyAuditChain } from "../../storage/audit.ts";
import { viewerProcedure } from "../trpc.ts";

/** Recomputes every chain of the log from its beginning and says whether all are whole. */
export const verify = viewerProcedure.mutation(async ({ ctx }) => {
  const began = ctx.clock.monotonicMs();
  const report = await verifyAuditChain(ctx.hub.sql);
  const seconds = (ctx.clock.monotonicMs() - began) / 1_000;
  return { ...report, seconds, at: ctx.clock.now().toISOString() };
});
