import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { isFault, referenceOf } from "./error-shape.ts";
import { contextOf } from "./request.ts";
import { appRouter } from "./root.ts";
import { services } from "./services.ts";

/** Answers a call of the browser. Calls from pages of another origin change nothing. */
export function answerTrpc(request: Request): Response | Promise<Response> {
  if (request.method !== "GET" && !isSameOrigin(request.headers)) {
    return new Response("This call came from a page of another origin.", { status: 403 });
  }
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => contextOf(request.headers),
    onError: ({ error, path }) => {
      if (!isFault(error)) return;
      const cause = error.cause ?? error;
      services().log.error("A call failed", { path, reference: referenceOf(error), cause });
    },
  });
}

/** All that Better Auth is asked to do from outside; the rest of its many doors stay shut. */
const SIGN_IN_PATHS = ["/sign-in/email", "/sign-out", "/first-link/accept", "/change-password"];

/** Answers sign-in, sign-out and the first admin's link: what sets cookies. */
export async function answerSignIn(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace("/api/auth", "");
  if (!SIGN_IN_PATHS.includes(path) || !isSameOrigin(request.headers)) {
    return new Response("There is nothing here.", { status: 404 });
  }
  return services().signIn.handler(request);
}

/**
 * A browser says from where a call comes. `SameSite` alone is not enough: another program on
 * 127.0.0.1 is the same site. A client that is no browser says nothing and brings no cookie.
 */
function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get("host");
}
