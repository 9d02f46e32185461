import { listReplays } from "../../storage/replays.ts";
import { viewerProcedure } from "../trpc.ts";

const SHOWN_MAX = 20;

/** Replays that run, and the last ones that ended. */
export const replays = viewerProcedure.query(({ ctx }) =>
  listReplays(ctx.hub.sql, { countMax: SHOWN_MAX }),
);
