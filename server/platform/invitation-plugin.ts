import { createHash } from "node:crypto";
import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { z } from "zod";
import { ROLES } from "../core/roles.ts";
import { hashChosen, letIn } from "./password-account.ts";

const Invited = z.object({ name: z.string(), email: z.string(), role: z.enum(ROLES) });
export type Invited = z.infer<typeof Invited>;

type Store = {
  internalAdapter: {
    findVerificationValue(identifier: string): Promise<{ value: string; expiresAt: Date } | null>;
  };
};

/** As `saveInvitation` names it. */
function identifierOf(token: string): string {
  return `invitation:${createHash("sha256").update(token).digest("hex")}`;
}

/** Who an invitation is for; null when it cannot be used any more. Looking does not use it up. */
export async function findInvited(store: Store, token: string): Promise<Invited | null> {
  const found = await store.internalAdapter.findVerificationValue(identifierOf(token));
  if (found === null || found.expiresAt.getTime() <= Date.now()) return null;
  return Invited.parse(JSON.parse(found.value));
}

const Acceptance = z.object({ token: z.string().max(200), password: z.string() });

/** Who holds an invitation chooses a password, and is signed in with the role that it names. */
export function invitation() {
  return {
    id: "invitation",
    endpoints: {
      acceptInvitation: createAuthEndpoint(
        "/invitation/accept",
        { method: "POST", body: Acceptance },
        async (ctx) => {
          const { token, password } = ctx.body;
          const { context } = ctx;
          const hash = await hashChosen(ctx, password);
          // Checked before it is used up, so that a slip in the form does not cost the link.
          const used = await context.internalAdapter.consumeVerificationValue(identifierOf(token));
          if (used === null || used.expiresAt.getTime() <= Date.now()) throw usedUp();
          await letIn(
            ctx,
            { ...Invited.parse(JSON.parse(used.value)), emailVerified: false },
            { hash, method: { method: "invitation" } },
          );
          return ctx.json({ ok: true });
        },
      ),
    },
  } satisfies BetterAuthPlugin;
}

function usedUp(): APIError {
  return new APIError("UNAUTHORIZED", {
    code: "LINK_USED_UP",
    message: "This link has been used, taken back, or is older than a week. Ask for a new one.",
  });
}
