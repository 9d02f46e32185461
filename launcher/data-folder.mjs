import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { hasCode, Problem } from "./problem.mjs";

/**
 * The data folder: everything that one installation must not lose, and who uses it right now.
 *
 * @typedef {object} Runtime what a running Fieldline tells other commands about itself
 * @property {number} pid of the launcher
 * @property {string} address of the studio
 * @property {string} databaseUrl of the hub
 * @property {string} [signInLink] for the first administrator, while there is none
 */

/** How long a command waits for another one that has the folder for a moment. */
const LOCK_MS_MAX = 60_000;

/**
 * Makes the folder if it is absent. Throws `Problem` if it cannot be used.
 * @param {string} dataDir absolute
 */
export function prepareDataFolder(dataDir) {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(
      `The data folder ${dataDir} cannot be used (${why}); ` +
        "choose another with FIELDLINE_DATA, or mend its rights.",
    );
  }
}

/**
 * Level by level: Node.js's own recursive way never ends where a file system tells of a folder in
 * an existing one that it is not there and cannot be made, as /proc does.
 * @param {string} folder absolute
 */
function makeFolder(folder) {
  const parent = path.dirname(folder);
  if (!existsSync(parent)) makeFolder(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!hasCode(error, "EEXIST") || !statSync(folder).isDirectory()) throw error;
  }
}

/**
 * The installation's secret, made at the first start: 32 bytes as hexadecimal digits.
 * Throws `Problem`.
 * @param {string} file
 */
export function readSecret(file) {
  try {
    if (!existsSync(file)) {
      writeFileSync(file, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    }
    const secret = readFileSync(file, "utf8").trim();
    if (/^[0-9a-f]{64}$/i.test(secret)) return secret;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Problem(`The secret file ${file} cannot be used (${why}).`);
  }
  throw new Problem(`The secret file ${file} must hold 64 hexadecimal digits and nothing else.`);
}

/**
 * Takes the folder for this process; nobody else may start or stop its database meanwhile.
 * Waits for a short command, and throws `Problem` if Fieldline itself runs from it.
 * @param {string} dataDir
 * @param {"product" | "command"} holder
 * @returns {Promise<() => void>} gives it back
 */
export async function lockDataFolder(dataDir, holder) {
  const file = path.join(dataDir, "in-use");
  const deadline = Date.now() + LOCK_MS_MAX;
  while (!placeLock(file, `${process.pid} ${holder} ${realpathSync(dataDir)}\n`)) {
    const other = readHolder(file);
    if (other?.isAlive !== true) {
      if (other !== undefined) rmSync(file, { force: true });
    } else if (other.holder === "product") {
      throw new Problem(`Fieldline already runs from ${dataDir} (process ${other.pid}).`);
    } else if (Date.now() > deadline) {
      throw new Problem(`Another fieldline command (process ${other.pid}) still uses ${dataDir}.`);
    } else {
      await wait(100);
    }
  }
  return () => rmSync(file, { force: true });
}

/**
 * Linked into place whole: nobody ever reads a lock that is half written.
 * @param {string} file
 * @param {string} text
 * @returns {boolean} whether the lock is ours now
 */
function placeLock(file, text) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, text, { mode: 0o600 });
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {{ pid: number, holder: string, isAlive: boolean } | undefined}
 */
function readHolder(file) {
  try {
    const [pid = "", holder = "", ...names] = readFileSync(file, "utf8").trim().split(" ");
    // One that came with a copy of a data folder says nothing of this one.
    const isOfHere = names.join(" ") === realpathSync(path.dirname(file));
    return { pid: Number(pid), holder, isAlive: isOfHere && isLauncher(Number(pid)) };
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/**
 * @param {number} pid
 * @returns {boolean} whether such a process runs, and is one of ours where that can be seen
 */
function isLauncher(pid) {
  if (pid === process.pid || !isProcess(pid)) return false;
  const commandLine = `/proc/${pid}/cmdline`;
  if (!existsSync(commandLine)) return true;
  return /launcher|fieldline/.test(readFileSync(commandLine, "utf8"));
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

/**
 * Leaves a note for other commands on how to reach the running product.
 * @param {string} dataDir
 * @param {Runtime} runtime
 * @returns {() => void} takes the note away
 */
export function writeRuntime(dataDir, runtime) {
  const file = path.join(dataDir, "runtime.json");
  const note = { ...runtime, dataDir: realpathSync(dataDir) };
  writeFileSync(`${file}.new`, JSON.stringify(note, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return () => rmSync(file, { force: true });
}

/**
 * Finds the product that runs from this folder; waits for one that is on its way up.
 * @param {string} dataDir
 * @returns {Promise<Runtime | undefined>} how to reach it; undefined if there is none
 */
export async function findRuntime(dataDir) {
  const deadline = Date.now() + LOCK_MS_MAX;
  for (;;) {
    const runtime = readRuntime(dataDir);
    const holder = readHolder(path.join(dataDir, "in-use"));
    const isComing = holder?.isAlive === true && holder.holder === "product";
    if (runtime !== undefined || !isComing || Date.now() > deadline) return runtime;
    await wait(100);
  }
}

/**
 * @param {string} dataDir
 * @returns {Runtime | undefined}
 */
function readRuntime(dataDir) {
  const file = path.join(dataDir, "runtime.json");
  if (!existsSync(file)) return undefined;
  /** @type {Runtime & { dataDir: string }} */
  const { dataDir: home, ...runtime } = JSON.parse(readFileSync(file, "utf8"));
  // In a copy of the folder it leads to the product of the original.
  return home === realpathSync(dataDir) && isLauncher(runtime.pid) ? runtime : undefined;
}
