import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isProcess } from "./data-folder.mjs";
import { USER } from "./postgres-cluster.mjs";
import { explainPostgres, Problem } from "./problem.mjs";
import { query } from "./query.mjs";

/** @typedef {import("./postgres-cluster.mjs").Cluster} Cluster */

export const LOOPBACK = "127.0.0.1";

/** A server that was killed first replays its log, which can take long; then we keep waiting. */
const READY_MS_MAX = 180_000;
const STOP_MS_MAX = 20_000;

/** How long the last processes of a killed server may hold its memory. */
const LINGER_MS_MAX = 10_000;
const LINGERS = /pre-existing shared memory|lock file .* already exists/;

/** One PostgreSQL server on the loopback; its process may be one that an earlier start left. */
export class PostgresServer {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #child;

  /**
   * @param {Cluster} cluster
   * @param {number} port
   * @param {Record<string, string>} settings for postgresql.conf
   * @param {(sentence: string) => void} say hears why it takes longer than usual
   */
  constructor(cluster, port, settings, say) {
    this.cluster = cluster;
    this.port = port;
    this.settings = settings;
    this.say = say;
    this.pid = 0;
  }

  /** The address of the hub's database, for a user who may do everything. */
  get url() {
    return `postgres://${USER}:${this.cluster.password}@${LOOPBACK}:${this.port}/${USER}`;
  }

  isAlive() {
    // The process table still lists a child that has just ended.
    if (this.#child !== undefined) {
      return this.#child.exitCode === null && this.#child.signalCode === null;
    }
    return isProcess(this.pid);
  }

  /** Starts it, first or again, and waits until it answers. Throws `Problem`. */
  async start() {
    const deadline = Date.now() + LINGER_MS_MAX;
    for (;;) {
      try {
        await this.#spawn();
        await this.#waitUntilReady();
        return;
      } catch (error) {
        await this.stop();
        const log = readFileSync(this.#logFile, "utf8").trim();
        const why = error instanceof Error ? error.message : String(error);
        if (!LINGERS.test(log) || Date.now() > deadline) {
          throw new Problem(`PostgreSQL did not start (${why}): ${explainPostgres(log)}`);
        }
        await wait(200);
      }
    }
  }

  /** Fast: open transactions are rolled back, nothing that was committed is lost. */
  async stop() {
    const deadline = Date.now() + STOP_MS_MAX;
    this.#signal("SIGINT");
    while (this.isAlive() && Date.now() < deadline) await wait(20);
    this.#signal("SIGQUIT");
    while (this.isAlive()) await wait(20);
  }

  /** At once, without waiting and without tidying up; the next start repairs. */
  abandon() {
    this.#signal("SIGQUIT");
  }

  /**
   * Takes over a server that still runs on the same files after its owner was killed.
   * @returns {Promise<boolean>} whether there is one
   */
  async adopt() {
    const pidFile = path.join(this.cluster.place.cluster, "postmaster.pid");
    const deadline = Date.now() + STOP_MS_MAX;
    while (existsSync(pidFile)) {
      const [pid, , , port] = readFileSync(pidFile, "utf8").split("\n");
      // What a killed server left; the next one sorts it out by itself.
      if (!isProcess(Number(pid))) return false;
      const found = new PostgresServer(this.cluster, Number(port), this.settings, this.say);
      if (await found.#isOurs()) {
        this.pid = Number(pid);
        this.port = found.port;
        return true;
      }
      // It may be on its way up or down; or the number now belongs to an unrelated process.
      if (Date.now() > deadline) return false;
      await wait(200);
    }
    return false;
  }

  get #logFile() {
    return path.join(this.cluster.dataDir, "postgres.log");
  }

  /** @param {NodeJS.Signals} name */
  #signal(name) {
    if (this.pid !== 0 && this.isAlive()) process.kill(this.pid, name);
  }

  async #spawn() {
    const { place } = this.cluster;
    const flags = Object.entries(this.settings).flatMap((pair) => ["-c", pair.join("=")]);
    // A file rather than a pipe: the server outlives us if we are killed, and goes on logging.
    const log = openSync(this.#logFile, "w", 0o600);
    const child = spawn(
      path.join(place.binaries, "bin", "postgres"),
      ["-D", place.cluster, "-p", String(this.port), ...flags],
      // A group of its own: Ctrl-C at the terminal must not stop it before those who use it.
      { ...place.identity, cwd: place.cluster, detached: true, stdio: ["ignore", log, log] },
    );
    closeSync(log);
    await new Promise((resolve, reject) => {
      child.once("spawn", resolve);
      child.once("error", reject);
    });
    child.unref();
    this.#child = child;
    this.pid = child.pid ?? 0;
  }

  /** Waits until the server answers, and makes the database if it is new. */
  async #waitUntilReady() {
    const begun = Date.now();
    let told = begun;
    for (;;) {
      try {
        await this.#ensureDatabase();
        return;
      } catch (error) {
        if (!this.isAlive() || Date.now() - begun > READY_MS_MAX) throw error;
      }
      if (Date.now() - told > 5_000) {
        this.say("PostgreSQL is repairing its data after it was killed …");
        told = Date.now();
      }
      await wait(25);
    }
  }

  async #ensureDatabase() {
    const maintenance = this.url.replace(/\/[^/]*$/, "/postgres");
    await query(maintenance, async (sql) => {
      const found = await sql`select 1 from pg_database where datname = ${USER}`;
      if (found.length === 0) await sql.unsafe(`create database ${USER}`);
      return found;
    });
  }

  async #isOurs() {
    try {
      const [row] = await query(this.url, (sql) => sql`show data_directory`);
      return row?.["data_directory"] === this.cluster.place.cluster;
    } catch {
      return false;
    }
  }
}
