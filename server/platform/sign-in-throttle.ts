import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";

/** This many tries for one e-mail address are free; then each next one waits twice as long. */
const TRIES_FREE = 5;
const WAIT_MS_MIN = 2_000;
const WAIT_MS_MAX = 60_000;
/** Addresses remembered at once; the oldest are forgotten first. */
const ADDRESSES_MAX = 10_000;

type Tries = { count: number; freeAt: number };

/**
 * Slows down guessing of one person's password, wherever it comes from: the address of a caller
 * can be forged behind a proxy, the e-mail that is guessed for cannot.
 */
export function signInThrottle(now: () => number = Date.now) {
  const tries = new Map<string, Tries>();
  const isSignIn = ({ path }: { path?: string | undefined }) => path === "/sign-in/email";
  const before = createAuthMiddleware(async (ctx) => {
    // Counted before the answer is known, so that many at once do not all pass.
    const waitMs = countTry(tries, addressOf(ctx.body), now());
    if (waitMs > 0) {
      throw new APIError("TOO_MANY_REQUESTS", {
        code: "TOO_MANY_TRIES",
        message: `Too many tries. Try again in ${Math.ceil(waitMs / 1000)} s.`,
      });
    }
  });
  const after = createAuthMiddleware(async (ctx) => {
    if (ctx.context.newSession !== null) tries.delete(addressOf(ctx.body));
  });
  return {
    id: "sign-in-throttle",
    hooks: {
      before: [{ matcher: isSignIn, handler: before }],
      after: [{ matcher: isSignIn, handler: after }],
    },
  } satisfies BetterAuthPlugin;
}

/** Counts a try and gives how long it must wait; 0 lets it pass. */
function countTry(tries: Map<string, Tries>, address: string, nowMs: number): number {
  const known = tries.get(address) ?? { count: 0, freeAt: 0 };
  if (nowMs < known.freeAt) return known.freeAt - nowMs;
  const count = known.count + 1;
  const over = count - TRIES_FREE;
  const wait = over < 0 ? 0 : Math.min(WAIT_MS_MIN * 2 ** over, WAIT_MS_MAX);
  tries.delete(address);
  tries.set(address, { count, freeAt: nowMs + wait });
  const [oldest] = tries.keys();
  if (tries.size > ADDRESSES_MAX && oldest !== undefined) tries.delete(oldest);
  return 0;
}

function addressOf(body: unknown): string {
  const email = typeof body === "object" && body !== null && "email" in body ? body.email : "";
  return String(email).trim().toLowerCase();
}
