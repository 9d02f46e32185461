import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findPlace, give, removeCluster } from "./postgres-place.mjs";
import { hasCode, Problem } from "./problem.mjs";

/**
 * A running PostgreSQL server of our own, on loopback.
 *
 * @typedef {object} RunningPostgres
 * @property {string} url of the database `fieldline`, as a user who may do everything
 * @property {number} port
 * @property {number} pid
 * @property {() => boolean} isAlive
 * @property {() => Promise<void>} stop fast: open transactions are rolled back, nothing is lost
 *
 * @typedef {object} StartOptions
 * @property {string} [dataDir] the data folder; made if absent. A temporary one if ephemeral.
 * @property {number} [port] a free one if absent
 * @property {Record<string, string>} [settings] for postgresql.conf, beside and before ours
 * @property {boolean} [ephemeral] smaller, and gone with all its data when stopped
 * @property {boolean} [fsync] false gives up safety against a power cut, for tests; true if absent
 * @property {(sentence: string) => void} [say] hears why it takes longer than usual
 *
 * @typedef {import("./postgres-place.mjs").Place} Place
 * @typedef {{ place: Place, dataDir: string, password: string, say: (line: string) => void }} Home
 */

const USER = "fieldline";
const HOST = "127.0.0.1";
const EPHEMERAL_PREFIX = "fieldline-postgres-";

/** A server that was killed first replays its log, which can take long; then we keep waiting. */
const READY_MS_MAX = 180_000;
const STOP_MS_MAX = 20_000;
const PORT_TRIES_MAX = 3;

/**
 * Starts PostgreSQL, or takes over one that still runs on the same data after its owner was
 * killed. Throws `Problem`.
 * @param {StartOptions} options
 * @returns {Promise<RunningPostgres>}
 */
export async function startPostgres(options) {
  const home = await openHome(options);
  if (options.ephemeral !== true) {
    return (await adopt(home)) ?? (await initializeAndStart(home, options));
  }
  try {
    return makeEphemeral(await initializeAndStart(home, options), home);
  } catch (error) {
    removeEphemeral(home);
    throw error;
  }
}

/**
 * @param {StartOptions} options
 * @returns {Promise<Home>}
 */
async function openHome({ dataDir, ephemeral = false, say = () => undefined }) {
  if (ephemeral) await sweepEphemeral();
  const folder = dataDir ?? mkdtempSync(path.join(os.tmpdir(), EPHEMERAL_PREFIX));
  mkdirSync(folder, { recursive: true });
  if (ephemeral) writeFileSync(path.join(folder, "owner"), String(process.pid));

  const passwordFile = path.join(folder, "postgres-password");
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  }
  const password = readFileSync(passwordFile, "utf8").trim();
  return { place: await findPlace(path.resolve(folder)), dataDir: folder, password, say };
}

/**
 * @param {Home} home
 * @param {StartOptions} options
 */
async function initializeAndStart(home, options) {
  const { cluster } = home.place;
  if (!existsSync(cluster)) await initialize(home, options.ephemeral === true);
  const major = readFileSync(path.join(cluster, "PG_VERSION"), "utf8").trim();
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort());
    try {
      return await start(home, port, makeSettings(options));
    } catch (error) {
      // Somebody may have taken the free port in between.
      const again = options.port === undefined && attempt < PORT_TRIES_MAX;
      if (!again || !(error instanceof Problem) || !/could not bind/.test(error.message)) {
        throw addVersionHint(error, major);
      }
    }
  }
}

/**
 * @param {unknown} error
 * @param {string} major the version that wrote the data
 */
function addVersionHint(error, major) {
  if (!(error instanceof Problem) || !/incompatible|not compatible/.test(error.message))
    return error;
  return new Problem(`The data folder was written by PostgreSQL ${major}. ${error.message}`);
}

/** @param {StartOptions} options */
function makeSettings({ ephemeral = false, fsync = true, settings = {} }) {
  return {
    listen_addresses: HOST,
    unix_socket_directories: "",
    wal_level: "logical",
    max_replication_slots: "60",
    max_wal_senders: "60",
    max_connections: "200",
    shared_buffers: ephemeral ? "128MB" : "512MB",
    max_wal_size: ephemeral ? "1GB" : "4GB",
    checkpoint_timeout: "15min",
    random_page_cost: "1.1",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(fsync ? {} : { fsync: "off", full_page_writes: "off", synchronous_commit: "off" }),
    ...settings,
  };
}

/**
 * Makes the cluster, aside first: an interrupted start leaves nothing half-made.
 * @param {Home} home
 * @param {boolean} quick whether losing it in a power cut does not matter
 */
async function initialize({ place, password }, quick) {
  const half = `${place.cluster}-new`;
  const passwordFile = `${half}-password`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  give(half, place);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  give(passwordFile, place);
  const flags = [
    ["-D", half, "-U", USER, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"],
    ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    ["--no-instructions", ...(quick ? ["--no-sync"] : [])],
  ];
  const initdb = path.join(place.binaries, "bin", "initdb");
  const { code, output } = await run(initdb, flags.flat(), place, half);
  rmSync(passwordFile, { force: true });
  if (code !== 0) throw new Problem(`PostgreSQL could not set up its data folder: ${output}`);
  renameSync(half, place.cluster);
}

/**
 * @param {string} program
 * @param {string[]} flags
 * @param {Place} place
 * @param {string} cwd a folder that the other user reaches
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(program, flags, { identity }, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, { ...identity, cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (output += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output: output.trim() }));
  });
}

/**
 * @param {Home} home
 * @param {number} port
 * @param {Record<string, string>} settings
 * @returns {Promise<RunningPostgres>}
 */
async function start(home, port, settings) {
  const { place, dataDir } = home;
  const logFile = path.join(dataDir, "postgres.log");
  // A file rather than a pipe: the server outlives us if we are killed, and goes on logging.
  const log = openSync(logFile, "w", 0o600);
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const server = spawn(
    path.join(place.binaries, "bin", "postgres"),
    ["-D", place.cluster, "-p", String(port), ...flags],
    // A group of its own: Ctrl-C at the terminal must not stop it before those who use it.
    { ...place.identity, cwd: place.cluster, detached: true, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  const pid = await new Promise((resolve, reject) => {
    server.once("spawn", () => resolve(server.pid));
    server.once("error", reject);
  });
  server.unref();
  const isAlive = () => server.exitCode === null && server.signalCode === null;
  const running = describeRunning(home, port, pid, isAlive);
  try {
    await waitUntilReady(running, home);
    return running;
  } catch (error) {
    if (isAlive()) await running.stop();
    const tail = readFileSync(logFile, "utf8").trim().split("\n").slice(-6).join("\n");
    throw new Problem(`PostgreSQL did not start: ${describe(error)}\n${tail}`);
  }
}

/**
 * The server that still runs on this data, if there is one that answers to our password.
 * @param {Home} home
 * @returns {Promise<RunningPostgres | undefined>}
 */
async function adopt(home) {
  const pidFile = path.join(home.place.cluster, "postmaster.pid");
  const deadline = Date.now() + STOP_MS_MAX;
  while (existsSync(pidFile)) {
    const [pidText, , , portText] = readFileSync(pidFile, "utf8").split("\n");
    const [pid, port] = [Number(pidText), Number(portText)];
    // What is left of a server that was killed; the next one sorts it out by itself.
    if (!isProcess(pid)) return undefined;
    const running = describeRunning(home, port, pid, () => isProcess(pid));
    if (await isOurs(running, home)) return running;
    // It may be on its way up or down; or the number now belongs to an unrelated process.
    if (Date.now() > deadline) return undefined;
    await wait(200);
  }
  return undefined;
}

/**
 * @param {RunningPostgres} running
 * @param {Home} home
 */
async function isOurs(running, home) {
  try {
    const [row] = await query(running.url, (sql) => sql`show data_directory`);
    return row?.["data_directory"] === home.place.cluster;
  } catch {
    return false;
  }
}

/**
 * @param {Home} home
 * @param {number} port
 * @param {number} pid
 * @param {() => boolean} isAlive
 * @returns {RunningPostgres}
 */
function describeRunning({ password }, port, pid, isAlive) {
  const stop = async () => {
    const signal = (/** @type {NodeJS.Signals} */ name) => isAlive() && process.kill(pid, name);
    const deadline = Date.now() + STOP_MS_MAX;
    signal("SIGINT");
    while (isAlive() && Date.now() < deadline) await wait(20);
    signal("SIGQUIT");
    while (isAlive()) await wait(20);
  };
  const url = `postgres://${USER}:${password}@${HOST}:${port}/${USER}`;
  return { url, port, pid, isAlive, stop };
}

/**
 * Waits until the server answers, and makes the database if it is new.
 * @param {RunningPostgres} running
 * @param {Home} home
 */
async function waitUntilReady(running, { say }) {
  const begun = Date.now();
  let told = begun;
  for (;;) {
    try {
      return await makeDatabase(running.url);
    } catch (error) {
      if (!running.isAlive() || Date.now() - begun > READY_MS_MAX) throw error;
    }
    if (Date.now() - told > 5_000) {
      say("PostgreSQL is repairing its data after it was killed …");
      told = Date.now();
    }
    await wait(25);
  }
}

/** @param {string} url */
async function makeDatabase(url) {
  const maintenance = url.replace(/\/[^/]*$/, "/postgres");
  await query(maintenance, async (sql) => {
    const found = await sql`select 1 from pg_database where datname = ${USER}`;
    if (found.length === 0) await sql.unsafe(`create database ${USER}`);
    return found;
  });
}

/**
 * One question over a connection of its own.
 * @param {string} url
 * @param {(sql: import("postgres").Sql) => Promise<import("postgres").Row[]>} ask
 */
export async function query(url, ask) {
  // Not at the top: the launcher reads this file before anything is installed.
  const { default: postgres } = await import("postgres");
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 10 });
  try {
    return await ask(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

/**
 * @param {RunningPostgres} running
 * @param {Home} home
 * @returns {RunningPostgres}
 */
function makeEphemeral(running, home) {
  const leave = () => {
    if (running.isAlive()) process.kill(running.pid, "SIGQUIT");
  };
  // Whoever forgets to stop it leaves no server behind; its files go with the next sweep.
  process.once("exit", leave);
  return {
    ...running,
    stop: async () => {
      process.removeListener("exit", leave);
      await running.stop();
      removeEphemeral(home);
    },
  };
}

/** @param {Home} home */
function removeEphemeral({ place, dataDir }) {
  removeCluster(place);
  rmSync(dataDir, { recursive: true, force: true });
}

/** Stops and removes the ephemeral servers whose owners were killed. */
async function sweepEphemeral() {
  for (const name of readdirSync(os.tmpdir())) {
    if (!name.startsWith(EPHEMERAL_PREFIX)) continue;
    const dataDir = path.join(os.tmpdir(), name);
    const ownerFile = path.join(dataDir, "owner");
    try {
      if (!existsSync(ownerFile) || isProcess(Number(readFileSync(ownerFile, "utf8")))) continue;
      await sweep(dataDir);
    } catch (error) {
      // Another user's, or being removed right now.
      if (!["EACCES", "EPERM", "ENOENT"].some((code) => hasCode(error, code))) throw error;
    }
  }
}

/** @param {string} dataDir */
async function sweep(dataDir) {
  const password = readFileSync(path.join(dataDir, "postgres-password"), "utf8").trim();
  const home = { place: await findPlace(dataDir), dataDir, password, say: () => undefined };
  const running = await adopt(home);
  await running?.stop();
  removeEphemeral(home);
}

/**
 * @param {number} pid
 * @returns {boolean} whether there is such a process, ours or not
 */
export function isProcess(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/** @returns {Promise<number>} a port of the loopback that nobody holds right now */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? error.message : String(error);
}
