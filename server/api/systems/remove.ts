import { z } from "zod";
import { EMPTY_MAP } from "../../core/map/document.ts";
import { FailureError } from "../../core/run/failure.ts";
import { readDraft } from "../../storage/drafts.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { notify } from "../../storage/notify.ts";
import { removeSystem } from "../../storage/systems.ts";
import type { Services } from "../context.ts";
import { Problem } from "../problem.ts";
import { adminProcedure } from "../trpc.ts";
import { bindingsOf } from "./bindings.ts";
import { editSystem } from "./edit-draft.ts";
import { loadSystem, settingsOf, withSession } from "./session.ts";

const Input = z.object({
  system: z.string(),
  /** Forget it although it does not answer: what we made in it then stays there. */
  leaveBehind: z.boolean().default(false),
});

/**
 * Removes a system that the live map does not bind any more, with what we made in it (slot and
 * publication). Its rows are not touched; links and history stay readable.
 */
export const remove = adminProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const { system, connector } = await loadSystem(ctx, input.system);
  const { sql } = ctx.hub;
  const live = await readLiveVersion(sql);
  const bound = bindingsOf(live?.document ?? EMPTY_MAP, system.id);
  if (bound.length > 0) throw stillBound(bound.map(({ object }) => object));
  if (!input.leaveBehind) {
    await withSession(ctx, connector, settingsOf(ctx, system), (session) => session.remove()).catch(
      (error: unknown) => {
        throw error instanceof FailureError ? notRemoved(error) : error;
      },
    );
  }
  await sql.begin(async (tx) => {
    await removeSystem(tx, system.id);
    await notify(tx, ["systems", "maps"]);
  });
  await leaveDraft(ctx, system.id, () =>
    editSystem(ctx, { type: "remove-system", system: system.id }),
  );
});

/** The draft may name it still; a map that is drawn on need not know of it. */
async function leaveDraft(
  services: Services,
  system: string,
  edit: () => Promise<unknown>,
): Promise<void> {
  const { document } = await readDraft(services.hub.sql);
  if (document.systems.some(({ id }) => id === system)) await edit();
}

function stillBound(objects: readonly string[]): Problem {
  return new Problem({
    code: "CONFLICT",
    kind: "bound",
    message:
      `The live map still binds ${objects.join(", ")}. ` +
      "Take the system out of the draft and publish it, then remove it. Nothing was changed.",
  });
}

function notRemoved(error: FailureError): Problem {
  return new Problem({
    code: "UNPROCESSABLE_CONTENT",
    kind: "unreachable",
    message:
      `The slot and publication in the system could not be removed: ${error.failure.detail} ` +
      "Nothing was changed. Until the slot is gone, the system keeps its log for us.",
    cause: error,
  });
}
