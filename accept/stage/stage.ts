import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Hub, openHub } from "../../db/client.ts";
import { migrateHub } from "../../db/migrate.ts";
import { startPostgres } from "../../launcher/embedded-postgres.mjs";
import type { ActContext } from "../../server/engine/acts/context.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { createIdSource } from "../../server/platform/ids.ts";
import { systemRandom } from "../../server/platform/random.ts";
import { createSecretBox, type SecretBox } from "../../server/platform/secrets.ts";
import { COMMAND_LINE, LAUNCHER, runCommand, type Told } from "./command.ts";
import { type Engines, makeEngines } from "./engines.ts";

/** A hub on a server of its own, with engines and commands as processes of their own. */
export type Stage = {
  readonly hub: Hub;
  readonly url: string;
  readonly server: Server;
  /** Where foreign systems have their databases. */
  readonly systemsServer: Server;
  readonly acts: ActContext & { readonly box: SecretBox };
  readonly engines: Engines;
  /** What every process of the product finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder with what the engines print. */
  readonly logs: string;
  /** Runs a command of the command line. */
  run(words: readonly string[], more?: RunMore): Promise<Told>;
  /** Runs `npx fieldline …` as a person does, its launcher first. */
  fieldline(words: readonly string[], more?: RunMore): Promise<Told>;
  /** Waits until nothing is left to do. */
  untilIdle(secondsMax?: number): Promise<void>;
  stop(): Promise<void>;
};

export type RunMore = {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
};

type Server = Awaited<ReturnType<typeof startPostgres>>;

const SECRET = "5e".repeat(32);
const PERSON = "acceptance@example.com";
const IDLE_S_MAX = 900;

export type StageOptions = {
  /** The foreign systems live on another server than the hub. */
  readonly apart: boolean;
  /** Where the hub's server keeps its data; a temporary folder if not given. */
  readonly hubFolder?: string;
  /** Leads the engines to the hub; the address itself if not given. */
  readonly wayToHub?: (url: string) => Promise<string>;
};

export async function openStage(options: StageOptions): Promise<Stage> {
  const logs = mkdtempSync(path.join(os.tmpdir(), "fieldline-accept-"));
  const server = await startServer(options.hubFolder);
  const systemsServer = options.apart ? await startServer() : server;
  await migrateHub(server.url);
  const hub = openHub(server.url, 8);
  const env = { DATABASE_URL: server.url, FIELDLINE_SECRET: SECRET, FIELDLINE_LOG_LEVEL: "warn" };
  const way = (await options.wayToHub?.(server.url)) ?? server.url;
  const engines = makeEngines({ ...env, DATABASE_URL: way }, logs);
  const run: Stage["run"] = (words, more = {}) =>
    runCommand(COMMAND_LINE, words, { ...env, ...more.env }, more.input);
  const secretFile = path.join(logs, "secret");
  writeFileSync(secretFile, SECRET, { mode: 0o600 });
  const outside = { ...env, FIELDLINE_DATA: logs, FIELDLINE_SECRET_FILE: secretFile };
  const fieldline: Stage["run"] = (words, more = {}) =>
    runCommand(LAUNCHER, words, { ...outside, ...more.env }, more.input);
  return {
    ...{ hub, url: server.url, server, systemsServer, engines, env, logs, run, fieldline },
    acts: {
      hub,
      clock: systemClock,
      ids: createIdSource(systemClock, systemRandom),
      person: PERSON,
      box: createSecretBox(SECRET),
    },
    async untilIdle(secondsMax = IDLE_S_MAX) {
      const words = ["status", "--wait", "idle", "--timeout", String(secondsMax)];
      const { code, out, err } = await run(words);
      if (code !== 0) throw new Error(`The hub did not come to rest:\n${err}\n${out}`);
    },
    async stop() {
      await engines.stopAll();
      await hub.close();
      await server.stop();
      if (options.apart) await systemsServer.stop();
      rmSync(logs, { recursive: true, force: true });
    },
  };
}

/** A server with its data on disk, as safe as it can be, in a folder that goes with it. */
function startServer(dataDir?: string) {
  const place = dataDir === undefined ? {} : { dataDir };
  return startPostgres({ ephemeral: true, fsync: true, ...place });
}
