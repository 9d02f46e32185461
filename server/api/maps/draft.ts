import { viewerProcedure } from "../trpc.ts";
import { draftView, liveView } from "./draft-view.ts";

/** The draft, the version that runs, and what the person can take back. */
export const draft = viewerProcedure.query(async ({ ctx }) => {
  const [view, live] = await Promise.all([draftView(ctx), liveView(ctx)]);
  return { ...view, live };
});
