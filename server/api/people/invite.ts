import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { ROLES } from "../../core/roles.ts";
import { isKnownAddress, saveInvitation } from "../../storage/people.ts";
import { Problem } from "../problem.ts";
import { adminProcedure } from "../trpc.ts";

const LINK_LIFE_MS = 7 * 24 * 3600 * 1000;
const TOKEN_BYTES = 32;

const Input = z.object({
  name: z.string().trim().min(1, "Say the name.").max(120),
  email: z.email("This is not an e-mail address.").max(254),
  role: z.enum(ROLES),
});

/**
 * Makes a link by which somebody comes in once. Nothing is sent: whoever invites hands it over.
 * The link is told once; the hub keeps a digest of it.
 */
export const invite = adminProcedure.input(Input).mutation(async ({ ctx, input }) => {
  const email = input.email.toLowerCase();
  if (await isKnownAddress(ctx.hub.sql, email)) {
    throw new Problem({
      code: "CONFLICT",
      kind: "taken",
      message: `${email} has access already. Nothing was changed.`,
      fields: { email: "This address has access already." },
    });
  }
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const now = ctx.clock.now();
  await ctx.hub.sql.begin((tx) =>
    saveInvitation(tx, {
      ...{ ...input, email },
      id: ctx.ids.next(),
      digest: createHash("sha256").update(token).digest("hex"),
      now: now.toISOString(),
      expiresAt: new Date(now.getTime() + LINK_LIFE_MS).toISOString(),
    }),
  );
  return { path: `/sign-in?invitation=${token}` };
});
