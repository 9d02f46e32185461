import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { NODE } from "./install.mjs";
import { ROOT } from "./settings.mjs";
import { stopProcess } from "./stop-process.mjs";

/**
 * A process that the launcher keeps running.
 *
 * @typedef {object} Task
 * @property {string} name for the person at the terminal: "The engine"
 * @property {string[]} command what Node.js runs, with its arguments
 * @property {Record<string, string | undefined>} env
 * @property {string | undefined} logFile takes what it prints; undefined means the terminal
 * @property {number} gentleMsMax how long it may take to stop before it is killed
 *
 * @typedef {import("node:child_process").ChildProcess} ChildProcess
 */

const LEASH = fileURLToPath(new URL("leash.mjs", import.meta.url));

const RESTART_DELAYS_MS = [200, 1_000, 3_000, 10_000, 30_000];

/** Who lived this long was well; its next death is a first one again. */
const WELL_AFTER_MS = 120_000;

/**
 * Keeps a process running: starts it again when it dies, more and more slowly, and in the end
 * gives up with a sentence.
 */
export class Keeper {
  #isWanted = false;
  #deaths = 0;
  #begun = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #next;
  /** @type {ChildProcess | undefined} */
  #child;

  /**
   * @param {Task} task
   * @param {{ say: (line: string) => void, giveUp: (sentence: string) => void }} ears
   * @param {number[]} [delaysMs] after each death in a row; one more and the keeper gives up
   */
  constructor(task, ears, delaysMs = RESTART_DELAYS_MS) {
    this.task = task;
    this.ears = ears;
    this.delaysMs = delaysMs;
  }

  start() {
    this.#isWanted = true;
    this.#begun = Date.now();
    this.#child = spawnOnLeash(this.task);
    this.#child.once("exit", (code, signal) => this.#mourn(signal ?? `exit code ${code}`));
  }

  async stop() {
    this.#isWanted = false;
    clearTimeout(this.#next);
    if (this.#child !== undefined) await stopProcess(this.#child, this.task.gentleMsMax);
  }

  async restart() {
    await this.stop();
    this.#deaths = 0;
    this.start();
  }

  /** @param {string} end how the process ended */
  #mourn(end) {
    if (!this.#isWanted) return;
    const { name, logFile } = this.task;
    this.#deaths = Date.now() - this.#begun > WELL_AFTER_MS ? 1 : this.#deaths + 1;
    const delayMs = this.delaysMs[this.#deaths - 1];
    if (delayMs === undefined) {
      this.ears.giveUp(`${name} stops again and again. Its last words:\n${lastWords(logFile)}`);
      return;
    }
    this.ears.say(`${name} stopped (${end}); it starts again in ${delayMs / 1_000} s.`);
    this.#next = setTimeout(() => this.#startAgain(), delayMs);
  }

  /** The place of its log, or the program itself, may be gone by now. */
  #startAgain() {
    try {
      this.start();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.ears.giveUp(`${this.task.name} cannot be started again: ${why}`);
    }
  }
}

/**
 * Runs Node.js on something to its end.
 * @param {string[]} command
 * @param {{ env?: Record<string, string | undefined>, signal?: AbortSignal }} [options]
 * @returns {Promise<{ code: number | null, stdout: string, stderr: string }>}
 */
export function runNode(command, { env = {}, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(NODE, command, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(signal === undefined ? {} : { signal }),
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => (stdout += text));
    child.stderr.on("data", (text) => (stderr += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: stdout.trim(), stderr: stderr.trim() }));
  });
}

/**
 * The end of what a process printed.
 * @param {string | undefined} logFile
 */
export function lastWords(logFile) {
  if (logFile === undefined || !existsSync(logFile)) return "(see above)";
  return readFileSync(logFile, "utf8").trim().split("\n").slice(-12).join("\n");
}

/**
 * Starts a process that stops itself when the launcher is gone.
 * @param {Task} task
 * @returns {ChildProcess}
 */
function spawnOnLeash({ command, env, logFile }) {
  const log = logFile === undefined ? "inherit" : openLog(logFile);
  const child = spawn(NODE, ["--import", LEASH, ...command], {
    cwd: ROOT,
    env: { ...process.env, ...env, FIELDLINE_ON_LEASH: "1" },
    // A group of its own: Ctrl-C at the terminal reaches only the launcher, which keeps order.
    detached: true,
    stdio: ["ignore", log, log, "ipc"],
  });
  if (log !== "inherit") closeSync(log);
  return child;
}

/**
 * A new log; the one before is kept.
 * @param {string} logFile
 */
function openLog(logFile) {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.before`);
  return openSync(logFile, "w", 0o600);
}
