import { type Place, sharedWords, systemAt } from "../../engine/acts/shared-place.ts";
import { readVariable } from "../../platform/env.ts";
import type { Services } from "../context.ts";
import { Problem } from "../problem.ts";

/** Refuses a place that is connected as another system already. */
export async function refuseShared(services: Services, place: Place): Promise<void> {
  const opening = { ...services, variable: readVariable };
  const shared = await systemAt(services.hub.sql, opening, place);
  if (shared === null) return;
  throw new Problem({
    code: "CONFLICT",
    kind: "shared-place",
    message: `${sharedWords(shared)} Nothing was changed.`,
  });
}
