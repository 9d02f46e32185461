import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { isProcess } from "./data-folder.mjs";
import { EPHEMERAL_PREFIX, initialize, openCluster, removeFiles } from "./postgres-cluster.mjs";
import { LOOPBACK, PostgresServer } from "./postgres-server.mjs";
import { hasCode, Problem } from "./problem.mjs";

/**
 * @typedef {object} StartOptions
 * @property {string} [dataDir] the data folder, made if absent; a temporary one if not given
 * @property {number} [port] a free one if not given
 * @property {Record<string, string>} [settings] for postgresql.conf; they win over ours
 * @property {boolean} [ephemeral] smaller, and gone with all its data when stopped
 * @property {boolean} [fsync] false gives up safety against a power cut, for tests
 * @property {(sentence: string) => void} [say] hears why it takes longer than usual
 *
 * @typedef {Pick<PostgresServer, "url" | "port" | "pid" | "isAlive" | "start" | "stop">}
 *   RunningPostgres a server that answers; `start` starts it again after its process died
 */

const PORT_TRIES_MAX = 3;

/**
 * Starts PostgreSQL on the loopback, or takes over one that still runs on the same data after its
 * owner was killed. Throws `Problem`.
 * @param {StartOptions} options
 * @returns {Promise<RunningPostgres>}
 */
export async function startPostgres(options) {
  if (options.ephemeral === true) return startEphemeral(options);
  const cluster = await openCluster(options.dataDir);
  const { say = () => undefined } = options;
  const server = new PostgresServer(cluster, 0, makeSettings(options), say);
  if (await server.adopt()) return server;
  if (await initialize(cluster, options.fsync === false)) tellPlace(cluster, say);
  await startOnPort(server, options.port);
  return server;
}

/**
 * @param {import("./postgres-cluster.mjs").Cluster} cluster
 * @param {(sentence: string) => void} say
 */
function tellPlace({ place, dataDir }, say) {
  if (path.dirname(place.cluster) === dataDir) return;
  say(
    `The database lies in ${place.cluster}: PostgreSQL does not run as root, and the user it ` +
      `runs as cannot reach ${dataDir}.`,
  );
}

/**
 * @param {StartOptions} options
 * @returns {Promise<RunningPostgres>}
 */
async function startEphemeral(options) {
  await sweepEphemeral();
  const cluster = await openCluster(options.dataDir);
  const server = new PostgresServer(cluster, 0, makeSettings(options), () => undefined);
  try {
    writeFileSync(path.join(cluster.dataDir, "owner"), String(process.pid));
    await initialize(cluster, true);
    await startOnPort(server, options.port);
  } catch (error) {
    removeFiles(cluster);
    throw error;
  }
  // Whoever forgets to stop it leaves no server behind; its files go with the next sweep.
  const abandon = () => server.abandon();
  process.once("exit", abandon);
  return {
    url: server.url,
    port: server.port,
    // Another one after each start.
    get pid() {
      return server.pid;
    },
    isAlive: () => server.isAlive(),
    start: () => server.start(),
    stop: async () => {
      process.removeListener("exit", abandon);
      await server.stop();
      removeFiles(cluster);
    },
  };
}

/**
 * @param {PostgresServer} server
 * @param {number | undefined} port
 */
async function startOnPort(server, port) {
  for (let attempt = 1; ; attempt++) {
    server.port = port ?? (await findFreePort());
    try {
      await server.start();
      return;
    } catch (error) {
      // Somebody may have taken the free port in between.
      const isTaken = error instanceof Problem && /could not bind/.test(error.message);
      if (port !== undefined || attempt === PORT_TRIES_MAX || !isTaken) throw error;
    }
  }
}

/**
 * @param {StartOptions} options
 * @returns {Record<string, string>}
 */
function makeSettings({ ephemeral = false, fsync = true, settings = {} }) {
  return {
    listen_addresses: LOOPBACK,
    unix_socket_directories: "",
    wal_level: "logical",
    max_replication_slots: "60",
    max_wal_senders: "60",
    max_connections: "200",
    shared_buffers: ephemeral ? "128MB" : "512MB",
    max_wal_size: ephemeral ? "1GB" : "4GB",
    checkpoint_timeout: "15min",
    // A first load makes the tables; plans made before it must not outlive it by a minute.
    autovacuum_naptime: "10s",
    random_page_cost: "1.1",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    // Commits stay synchronous: log readers are told only of what was flushed, and without a
    // synchronous commit that is five times a second.
    ...(fsync ? {} : { fsync: "off", full_page_writes: "off" }),
    ...settings,
  };
}

/** Stops and removes the ephemeral servers whose owners were killed. */
async function sweepEphemeral() {
  const folders = readdirSync(os.tmpdir()).filter((name) => name.startsWith(EPHEMERAL_PREFIX));
  for (const name of folders) {
    try {
      await sweep(path.join(os.tmpdir(), name));
    } catch (error) {
      // Another user's, or being removed right now by another run.
      const isElsewhere = ["EACCES", "EPERM", "ENOENT", "ENOTEMPTY"];
      if (!isElsewhere.some((code) => hasCode(error, code))) throw error;
    }
  }
}

/** @param {string} dataDir */
async function sweep(dataDir) {
  const ownerFile = path.join(dataDir, "owner");
  if (!existsSync(ownerFile) || isProcess(Number(readFileSync(ownerFile, "utf8")))) return;
  const cluster = await openCluster(dataDir);
  const server = new PostgresServer(cluster, 0, {}, () => undefined);
  if (await server.adopt()) await server.stop();
  removeFiles(cluster);
}

/** @returns {Promise<number>} a port of the loopback that nobody holds right now */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, LOOPBACK, () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
