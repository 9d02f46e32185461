import { viewerProcedure } from "../trpc.ts";

/** The stream of what is new: one per browser, shared between its tabs. */
export const changes = viewerProcedure.subscription(async function* ({ ctx, signal }) {
  yield* ctx.news.follow(signal ?? new AbortController().signal);
});
