import { openHub, type Sql } from "../../db/client.ts";
import { CONNECTORS } from "../connectors/registry.ts";
import { systemClock } from "../platform/clock.ts";
import { readEnvironment, requireVariable } from "../platform/env.ts";
import { createIdSource } from "../platform/ids.ts";
import { createLog } from "../platform/log.ts";
import { systemRandom } from "../platform/random.ts";
import { createSecretBox } from "../platform/secrets.ts";
import { createSignIn, type SignIn } from "../platform/sign-in.ts";
import type { Services } from "./context.ts";
import { createNews, type Listen } from "./live/news.ts";

/** The hub's channel: every committing transaction says here what it changed. */
const CHANNEL = "fieldline";

export type WebServices = Services & { readonly signIn: SignIn };

/** Pages and routes are bundled apart: only the global object is one per process. */
const shared = globalThis as typeof globalThis & { fieldlineServices?: WebServices };

/** The services of this web process, made at the first request. Throws `EnvironmentProblem`. */
export function services(): WebServices {
  shared.fieldlineServices ??= start();
  return shared.fieldlineServices;
}

function start(): WebServices {
  const environment = readEnvironment();
  const secret = requireVariable("FIELDLINE_SECRET", environment);
  const hub = openHub(requireVariable("DATABASE_URL", environment));
  const ids = createIdSource(systemClock, systemRandom);
  const log = createLog({
    clock: systemClock,
    level: environment.FIELDLINE_LOG_LEVEL,
    format: environment.FIELDLINE_LOG_FORMAT,
    secrets: [secret],
  }).with({ process: "web" });
  const news = createNews(listenTo(hub.sql), log);
  // Next waits for open answers before it stops: a live stream would keep it for ever.
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => void news.close().catch(() => undefined));
  }
  return {
    hub,
    clock: systemClock,
    ids,
    log,
    box: createSecretBox(secret),
    news,
    connectors: CONNECTORS,
    signIn: createSignIn({ db: hub.db, ids, secret, url: environment.FIELDLINE_URL }),
  };
}

/** The driver listens on a connection of its own, and again whenever that is lost. */
export function listenTo(sql: Sql): Listen {
  return async ({ heard, opened }) => {
    const { unlisten } = await sql.listen(CHANNEL, heard, opened);
    return { stop: unlisten };
  };
}
