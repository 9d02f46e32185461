import { countWaiting } from "../../storage/screens/home.ts";
import { viewerProcedure } from "../trpc.ts";

/** How many questions and held items wait, for the navigation. */
export const counts = viewerProcedure.query(({ ctx }) =>
  countWaiting(ctx.hub.sql, ctx.clock.now().toISOString()),
);
