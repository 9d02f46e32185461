import { createHash, randomBytes } from "node:crypto";
import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { z } from "zod";
import { hashChosen, letIn } from "./password-account.ts";

/** A first admin who does not come within a day gets a new link at the next start. */
const LINK_LIFE_MS = 24 * 3600 * 1000;
const TOKEN_BYTES = 32;
const PREFIX = "first-link:";

type Where = { field: string; operator?: "eq" | "starts_with"; value: string };

/** What is needed of Better Auth's context, which has a type of its own for each set of options. */
type TokenStore = {
  adapter: {
    findOne(query: { model: string; where: Where[] }): Promise<unknown>;
    deleteMany(query: { model: string; where: Where[] }): Promise<number>;
  };
  internalAdapter: {
    createVerificationValue(row: {
      identifier: string;
      value: string;
      expiresAt: Date;
    }): Promise<unknown>;
    findVerificationValue(identifier: string): Promise<{ expiresAt: Date } | null>;
  };
};

/** The database holds only digests of tokens: reading it is not enough to sign in. */
function identifierOf(token: string): string {
  return PREFIX + createHash("sha256").update(token).digest("hex");
}

/** Whether somebody has become admin: from then on no link is made or taken. */
export async function hasAdmin(store: TokenStore): Promise<boolean> {
  const admin = await store.adapter.findOne({
    model: "user",
    where: [{ field: "role", value: "admin" }],
  });
  return admin !== null;
}

/** Makes the one valid link token; earlier ones end. Returns the token, which is stored nowhere. */
export async function createFirstToken(store: TokenStore): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  await store.adapter.deleteMany({
    model: "verification",
    where: [{ field: "identifier", operator: "starts_with", value: PREFIX }],
  });
  await store.internalAdapter.createVerificationValue({
    identifier: identifierOf(token),
    value: "admin",
    expiresAt: new Date(Date.now() + LINK_LIFE_MS),
  });
  return token;
}

/** Whether a token can still be used. Looking does not use it up. */
export async function isFirstToken(store: TokenStore, token: string): Promise<boolean> {
  if (await hasAdmin(store)) return false;
  const found = await store.internalAdapter.findVerificationValue(identifierOf(token));
  return found !== null && found.expiresAt.getTime() > Date.now();
}

const FirstAdmin = z.object({
  token: z.string().max(200),
  name: z.string().trim().min(1).max(120),
  email: z.email().max(254),
  password: z.string(),
});

/**
 * The first admin: who holds the printed link says name, e-mail and password, and is signed in.
 * The link works once.
 */
export function firstLink() {
  return {
    id: "first-link",
    endpoints: {
      acceptFirstLink: createAuthEndpoint(
        "/first-link/accept",
        { method: "POST", body: FirstAdmin },
        async (ctx) => {
          const { token, name, email, password } = ctx.body;
          const { context } = ctx;
          const hash = await hashChosen(ctx, password);
          // Checked before it is used up, so that a slip in the form does not cost the link.
          if (await hasAdmin(context)) throw usedUp();
          const used = await context.internalAdapter.consumeVerificationValue(identifierOf(token));
          if (used === null) throw usedUp();

          await letIn(
            ctx,
            { name, email: email.toLowerCase(), emailVerified: false, role: "admin" },
            { hash, method: { method: "first-link" } },
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
    message:
      "This link has been used or is older than 24 hours. If nobody has signed in with it, " +
      "start Fieldline again: it prints a new one.",
  });
}
