import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { changes } from "./live/changes.ts";
import { who } from "./session/who.ts";
import { router } from "./trpc.ts";

/** Every question the browser can ask, by area: one line per area. */
export const appRouter = router({
  live: router({ changes }),
  session: router({ who }),
});

export type AppRouter = typeof appRouter;
export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;
