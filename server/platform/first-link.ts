import { openHub } from "../../db/client.ts";
import { systemClock } from "./clock.ts";
import { requireVariable } from "./env.ts";
import { createFirstToken, hasAdmin } from "./first-link-plugin.ts";
import { createIdSource } from "./ids.ts";
import { systemRandom } from "./random.ts";
import { createSignIn } from "./sign-in.ts";

/**
 * The path of the first admin's one-time link, or null once an admin exists. Each call makes a
 * new link and ends the one before.
 */
export async function firstLinkPath(databaseUrl: string, secret: string): Promise<string | null> {
  const hub = openHub(databaseUrl, 1);
  try {
    const ids = createIdSource(systemClock, systemRandom);
    const signIn = createSignIn({ db: hub.db, ids, secret, url: undefined });
    const context = await signIn.$context;
    if (await hasAdmin(context)) return null;
    return `/sign-in?token=${await createFirstToken(context)}`;
  } finally {
    await hub.close();
  }
}

if (import.meta.main) {
  const path = await firstLinkPath(
    requireVariable("DATABASE_URL"),
    requireVariable("FIELDLINE_SECRET"),
  );
  if (path !== null) process.stdout.write(`${path}\n`);
}
