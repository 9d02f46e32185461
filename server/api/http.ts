import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { LIMITS } from "../core/limits.ts";
import { isMigrated } from "../storage/migrations.ts";
import { boundedRequest } from "./bounded-request.ts";
import { isFault, referenceOf } from "./error-shape.ts";
import { contextOf } from "./request.ts";
import { appRouter } from "./root.ts";
import { isSameOrigin } from "./same-origin.ts";
import { services } from "./services.ts";

/** Answers a call of the browser. Calls from pages of another origin change nothing. */
export async function answerTrpc(request: Request): Promise<Response> {
  if (request.method !== "GET" && !isSameOrigin(request.headers)) {
    return new Response("This call came from a page of another origin.", { status: 403 });
  }
  const bounded = await boundedRequest(request, LIMITS.callBytesMax);
  if (bounded === null) {
    const most = LIMITS.callBytesMax / 1024 / 1024;
    return new Response(`This call is larger than ${most} MB: that much is read at most.`, {
      status: 413,
    });
  }
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: bounded,
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
const SIGN_IN_PATHS = [
  "/sign-in/email",
  "/sign-out",
  "/first-link/accept",
  "/invitation/accept",
  "/change-password",
  "/update-user",
];

/** Answers sign-in, sign-out and the links to come in by: what sets cookies. */
export async function answerSignIn(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace("/api/auth", "");
  if (!SIGN_IN_PATHS.includes(path) || !isSameOrigin(request.headers)) {
    return new Response("There is nothing here.", { status: 404 });
  }
  return services().signIn.handler(request);
}

const HEALTH_MS_MAX = 3_000;

/** 200 when the database answers and has this version's tables; else 503 and why. */
export async function answerHealth(): Promise<Response> {
  const late = AbortSignal.timeout(HEALTH_MS_MAX);
  try {
    const tooLate = new Promise<never>((_resolve, reject) => {
      late.addEventListener("abort", () => reject(late.reason));
    });
    const current = await Promise.race([isMigrated(services().hub.sql), tooLate]);
    if (current) return Response.json({ status: "ok" });
    return Response.json({ status: "migrations are not current" }, { status: 503 });
  } catch {
    return Response.json({ status: "the database does not answer" }, { status: 503 });
  }
}
