import { mkdirSync, watch } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ensureBuilt } from "./build.mjs";
import { writeRuntime } from "./data-folder.mjs";
import { openHub } from "./hub.mjs";
import { Problem } from "./problem.mjs";
import { Keeper, lastWords, runNode } from "./processes.mjs";
import { ROOT } from "./settings.mjs";

/**
 * The running product: database, studio and engines.
 *
 * @typedef {object} Product
 * @property {string | undefined} signInLink for the first administrator, while there is none
 * @property {Promise<string>} failure resolves with a sentence when a part is beyond help
 * @property {() => Promise<void>} stop everything, in order
 *
 * @typedef {import("./settings.mjs").Settings} Settings
 * @typedef {import("./run-product.mjs").Mode} Mode
 * @typedef {import("./hub.mjs").Hub} Hub
 * @typedef {{ say: (line: string) => void, giveUp: (sentence: string) => void }} Ears
 */

const NEXT = path.join(ROOT, "node_modules", "next", "dist", "bin", "next");
const ENGINE = "server/engine/main.ts";
const SANDBOX = "server/sandbox/main.ts";
const FIRST_LINK = "server/platform/first-link.ts";

/** The studio does not end by itself while a browser holds a stream open. */
const STUDIO_GENTLE_MS_MAX = 3_000;
/** An engine finishes the batch that it is at. */
const ENGINE_GENTLE_MS_MAX = 10_000;
const ANSWER_MS_MAX = 120_000;
const POSTGRES_WATCH_MS = 1_000;
const POSTGRES_RESTARTS_MAX = 5;

/**
 * Opens the hub, builds the studio if need be, starts everything and waits until the studio
 * answers. Throws `Problem`.
 * @param {Settings} settings
 * @param {Mode} mode
 * @param {import("./terminal.mjs").Terminal} terminal
 * @param {AbortSignal} signal ends it early
 * @returns {Promise<Product>}
 */
export async function startProduct(settings, mode, terminal, signal) {
  const hub = await terminal.step("Opening the database", () =>
    openHub(settings, "product", terminal.line),
  );
  try {
    if (mode === "production") await ensureBuilt(terminal, signal);
    signal.throwIfAborted();
    return await terminal.step("Starting", () =>
      startProcesses(settings, mode, hub, terminal.line, signal),
    );
  } catch (error) {
    await hub.close();
    throw error;
  }
}

/**
 * @param {Settings} settings
 * @param {Mode} mode
 * @param {Hub} hub
 * @param {(line: string) => void} say
 * @param {AbortSignal} signal
 * @returns {Promise<Product>}
 */
async function startProcesses(settings, mode, hub, say, signal) {
  const logs = mode === "production" ? path.join(settings.dataDir, "logs") : undefined;
  if (logs !== undefined) mkdirSync(logs, { recursive: true });
  const { promise: failure, resolve: giveUp } = makePromise();
  const ears = { say, giveUp };
  const env = makeEnvironment(settings, hub, mode);
  const studio = new Keeper(describeStudio(settings, mode, env, logs), ears);
  const engines = describeEngines(settings, env, logs).map((task) => new Keeper(task, ears));
  const endings = [
    keepPostgres(hub, settings, ears),
    ...(mode === "development" ? [restartOnChange(engines)] : []),
  ];
  const stopProcesses = async () => {
    for (const end of endings) end();
    await Promise.all([studio, ...engines].map((keeper) => keeper.stop()));
  };
  try {
    for (const keeper of [studio, ...engines]) keeper.start();
    const [signInLink] = await Promise.all([
      askFirstLink(settings, env),
      waitForAnswer(settings, failure, studio.task.logFile, signal),
    ]);
    endings.push(announce(settings, hub, signInLink));
    const stop = async () => {
      await stopProcesses();
      await hub.close();
    };
    return { signInLink, failure, stop };
  } catch (error) {
    await stopProcesses();
    throw error;
  }
}

/** @returns {{ promise: Promise<string>, resolve: (sentence: string) => void }} */
function makePromise() {
  /** @type {(sentence: string) => void} */
  let resolve = () => undefined;
  /** @type {Promise<string>} */
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/**
 * @param {Settings} settings
 * @param {Hub} hub
 * @param {Mode} mode
 */
function makeEnvironment(settings, hub, mode) {
  return {
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: hub.databaseUrl,
    FIELDLINE_SECRET: hub.secret,
    FIELDLINE_URL: settings.address,
    ...(mode === "development" ? { FIELDLINE_LOG_FORMAT: "text" } : {}),
  };
}

/**
 * @param {Settings} settings
 * @param {Mode} mode
 * @param {Record<string, string>} env
 * @param {string | undefined} logs the folder; undefined means the terminal
 * @returns {import("./processes.mjs").Task}
 */
function describeStudio({ host, port }, mode, env, logs) {
  const verb = mode === "production" ? "start" : "dev";
  return {
    name: "The studio",
    command: [NEXT, verb, "--hostname", host, "--port", String(port)],
    env,
    logFile: logs && path.join(logs, "studio.log"),
    gentleMsMax: STUDIO_GENTLE_MS_MAX,
  };
}

/**
 * @param {Settings} settings
 * @param {Record<string, string>} env
 * @param {string | undefined} logs the folder; undefined means the terminal
 * @returns {import("./processes.mjs").Task[]}
 */
function describeEngines({ engines }, env, logs) {
  const people = {
    name: "The sandbox",
    command: [SANDBOX],
    env,
    logFile: logs && path.join(logs, "sandbox.log"),
    gentleMsMax: ENGINE_GENTLE_MS_MAX,
  };
  const tasks = Array.from({ length: engines }, (_, index) => ({
    name: engines === 1 ? "The engine" : `Engine ${index + 1}`,
    // Batches make much short-lived garbage: with V8's small nursery most of it would be copied.
    command: ["--max-semi-space-size=64", ENGINE],
    env: { ...env, FIELDLINE_ENGINE_NAME: `engine-${index + 1}` },
    logFile: logs && path.join(logs, `engine-${index + 1}.log`),
    gentleMsMax: ENGINE_GENTLE_MS_MAX,
  }));
  return [...tasks, people];
}

/**
 * Starts the embedded server again when it dies; everybody else connects anew by himself.
 * @param {Hub} hub
 * @param {Settings} settings
 * @param {Ears} ears
 * @returns {() => void} stops watching
 */
function keepPostgres(hub, settings, { say, giveUp }) {
  const { postgres } = hub;
  if (postgres === undefined) return () => undefined;
  let restarts = 0;
  let isBusy = false;
  const timer = setInterval(async () => {
    if (isBusy || postgres.isAlive()) return;
    isBusy = true;
    restarts += 1;
    if (restarts > POSTGRES_RESTARTS_MAX) {
      giveUp(`PostgreSQL stops again and again; see ${settings.dataDir}/postgres.log.`);
      return;
    }
    say("PostgreSQL stopped; it starts again.");
    try {
      await postgres.start();
      isBusy = false;
    } catch (error) {
      giveUp(error instanceof Error ? error.message : String(error));
    }
  }, POSTGRES_WATCH_MS);
  return () => clearInterval(timer);
}

/**
 * @param {Keeper[]} engines
 * @returns {() => void} stops watching
 */
function restartOnChange(engines) {
  /** @type {NodeJS.Timeout | undefined} */
  let soon;
  const watchers = ["server", "db"].map((room) =>
    watch(path.join(ROOT, room), { recursive: true }, () => {
      // An editor saves in several strokes.
      clearTimeout(soon);
      soon = setTimeout(() => engines.forEach((engine) => void engine.restart()), 300);
    }),
  );
  return () => {
    clearTimeout(soon);
    for (const watcher of watchers) watcher.close();
  };
}

/**
 * @param {Settings} settings
 * @param {Record<string, string>} env
 * @returns {Promise<string | undefined>}
 */
async function askFirstLink({ address }, env) {
  const { code, stdout, stderr } = await runNode([FIRST_LINK], { env });
  if (code !== 0) throw new Problem(`The first sign-in link could not be made:\n${stderr}`);
  return stdout === "" ? undefined : new URL(stdout, `${address}/`).href;
}

/**
 * @param {Settings} settings
 * @param {Promise<string>} failure
 * @param {string | undefined} logFile
 * @param {AbortSignal} signal
 */
async function waitForAnswer({ host, port }, failure, logFile, signal) {
  const local = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = `http://${local.includes(":") ? `[${local}]` : local}:${port}/api/health`;
  const deadline = Date.now() + ANSWER_MS_MAX;
  /** @type {string | undefined} */
  let sentence;
  void failure.then((why) => {
    sentence = why;
  });
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    if (sentence !== undefined) throw new Problem(sentence);
    if (await answers(url)) return;
    await wait(50);
  }
  throw new Problem(`The studio does not answer. Its last words:\n${lastWords(logFile)}`);
}

/** @param {string} url */
async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
    await response.arrayBuffer();
    return response.status < 500;
  } catch {
    return false;
  }
}

/**
 * @param {Settings} settings
 * @param {Hub} hub
 * @param {string | undefined} signInLink
 */
function announce({ dataDir, address }, hub, signInLink) {
  return writeRuntime(dataDir, {
    pid: process.pid,
    address,
    databaseUrl: hub.databaseUrl,
    ...(signInLink === undefined ? {} : { signInLink }),
  });
}
