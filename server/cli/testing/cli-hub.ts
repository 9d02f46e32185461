import { readFile, writeFile } from "node:fs/promises";
import { openHub } from "../../../db/client.ts";
import { CONNECTORS } from "../../connectors/registry.ts";
import type { EngineContext } from "../../engine/context.ts";
import { type Engine, startEngine } from "../../engine/engine.ts";
import { createMapCache } from "../../engine/map-cache.ts";
import { OwnCalls } from "../../engine/own-calls.ts";
import { sessionOpener } from "../../engine/sessions.ts";
import { systemClock } from "../../platform/clock.ts";
import { createIdSource } from "../../platform/ids.ts";
import { createLog } from "../../platform/log.ts";
import { systemRandom } from "../../platform/random.ts";
import { createSecretBox } from "../../platform/secrets.ts";
import { RecordCache } from "../../storage/record-cache.ts";
import { createTestDatabase } from "../../testing/database.ts";
import type { CliContext } from "../cli-context.ts";
import { runCli } from "../program.ts";

/** What a command said and how it ended. */
export type Said = { readonly exit: number; readonly out: string; readonly err: string };

/** A hub of this test's own, spoken to by the command line alone. */
export type CliHub = {
  readonly context: CliContext;
  /** Runs one command line. */
  run(...words: string[]): Promise<Said>;
  /** Runs it with `--json` and gives the answer. */
  ask(...words: string[]): Promise<unknown>;
  startEngine(): Promise<Engine>;
  close(): Promise<void>;
};

export async function createCliHub(variables: Readonly<Record<string, string>>): Promise<CliHub> {
  const database = await createTestDatabase();
  const hub = openHub(database.url, 10);
  const secret = "cd".repeat(32);
  const context: CliContext = {
    hub,
    clock: systemClock,
    ids: createIdSource(systemClock, systemRandom),
    person: "ana@example.com",
    box: createSecretBox(secret),
    connectors: CONNECTORS,
    variable: (name) => variables[name],
    secret,
    databaseUrl: database.url,
    address: "http://localhost:4600",
    signal: new AbortController().signal,
    readText: (path) => readFile(path, "utf8"),
    writeText: (path, text) => writeFile(path, text),
    tell: () => undefined,
  };
  const engines: Engine[] = [];
  const run = async (...words: string[]): Promise<Said> => {
    const said = { out: "", err: "" };
    const terminal = {
      out: (text: string) => {
        said.out += text;
      },
      err: (text: string) => {
        said.err += text;
      },
    };
    const open = async (person: string | null) => ({
      ...context,
      person: person ?? context.person,
    });
    return { exit: await runCli(words, terminal, open), ...said };
  };
  return {
    context,
    run,
    async ask(...words) {
      const said = await run(...words, "--json");
      if (said.exit !== 0) throw new Error(`${words.join(" ")}: ${said.err}`);
      return JSON.parse(said.out);
    },
    async startEngine() {
      const engine = await startEngine(engineContext(context), createMapCache(hub));
      engines.push(engine);
      return engine;
    },
    async close() {
      for (const engine of engines) await engine.stop();
      await hub.close();
      await database.drop();
    },
  };
}

function engineContext({ hub, ids, box }: CliContext): EngineContext {
  return {
    id: "engine-a",
    sql: hub.sql,
    clock: systemClock,
    ids,
    random: systemRandom,
    log: createLog({ clock: systemClock, level: "error", format: "text" }),
    records: new RecordCache(),
    calls: new OwnCalls(),
    openSession: sessionOpener(hub.sql, box),
    step: () => Promise.resolve(),
  };
}
