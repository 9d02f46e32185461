import { initTRPC } from "@trpc/server";
import { mayActAs, type Role } from "../core/roles.ts";
import type { Context } from "./context.ts";
import { shapeError } from "./error-shape.ts";
import { Problem } from "./problem.ts";

/** Between two signs of life on a live stream; proxies and browsers give up on silent ones. */
const PING_MS = 10_000;

const t = initTRPC.context<Context>().create({
  errorFormatter: ({ shape, error }) => shapeError(error, shape),
  sse: {
    ping: { enabled: true, intervalMs: PING_MS },
    client: { reconnectAfterInactivityMs: 3 * PING_MS },
  },
});

export const router = t.router;

/** For what may be asked before signing in. */
export const publicProcedure = t.procedure;

/** For what only changes what a person sees. */
export const viewerProcedure = procedureFor("viewer");
/** For deciding: conflicts, quarantine, values, links. */
export const stewardProcedure = procedureFor("steward");
/** For drawing and publishing the map. */
export const editorProcedure = procedureFor("editor");
/** For connecting systems and for people. */
export const adminProcedure = procedureFor("admin");

function procedureFor(needed: Role) {
  return t.procedure.use(({ ctx, next }) => {
    const { person, pageOf } = ctx;
    if (person === null) {
      throw new Problem({
        code: "UNAUTHORIZED",
        kind: "signed-out",
        message: "You are signed out. Sign in again to go on; nothing was changed.",
      });
    }
    if (typeof pageOf === "string" && pageOf !== person.id) {
      throw new Problem({
        code: "CONFLICT",
        kind: "somebody-else",
        message:
          `${person.name} is signed in in this browser now, and this page was made for somebody ` +
          "else. Nothing was changed. Load the page again.",
      });
    }
    if (!mayActAs(person.role, needed)) {
      throw new Problem({
        code: "FORBIDDEN",
        kind: "role",
        message: `This needs the role “${needed}”; yours is “${person.role}”. An admin can change it. Nothing was changed.`,
      });
    }
    return next({ ctx: { ...ctx, person } });
  });
}
