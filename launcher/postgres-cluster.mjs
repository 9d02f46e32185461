import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { findPlace, give, removeCluster } from "./postgres-place.mjs";
import { explainPostgres, Problem } from "./problem.mjs";

/**
 * The files of one embedded PostgreSQL server.
 *
 * @typedef {object} Cluster
 * @property {import("./postgres-place.mjs").Place} place
 * @property {string} dataDir the data folder, with the password and the log
 * @property {string} password
 */

/** The user who may do everything, and the database that is the hub. */
export const USER = "fieldline";

export const EPHEMERAL_PREFIX = "fieldline-postgres-";

/**
 * Opens the files of a data folder; makes folder and password if they are absent.
 * @param {string | undefined} dataDir a temporary folder if undefined
 * @returns {Promise<Cluster>}
 */
export async function openCluster(dataDir) {
  const folder = path.resolve(dataDir ?? mkdtempSync(path.join(os.tmpdir(), EPHEMERAL_PREFIX)));
  mkdirSync(folder, { recursive: true });
  const passwordFile = path.join(folder, "postgres-password");
  if (!existsSync(passwordFile)) {
    writeFileSync(passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  }
  const password = readFileSync(passwordFile, "utf8").trim();
  return { place: await findPlace(folder), dataDir: folder, password };
}

/**
 * Runs initdb if that was not done yet; aside first, so that an interrupted start leaves nothing
 * half-made. Throws `Problem`.
 * @param {Cluster} cluster
 * @param {boolean} quick whether losing it in a power cut does not matter
 * @returns {Promise<boolean>} whether it is new
 */
export async function initialize({ place, password }, quick) {
  if (existsSync(place.cluster)) return false;
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
  const { code, output } = await initdb(flags.flat(), place, half);
  rmSync(passwordFile, { force: true });
  if (code !== 0)
    throw new Problem(`PostgreSQL could not set up ${place.cluster}: ${explainPostgres(output)}`);
  renameSync(half, place.cluster);
  return true;
}

/**
 * Removes all files of a cluster with its data folder.
 * @param {Cluster} cluster
 */
export function removeFiles({ place, dataDir }) {
  removeCluster(place);
  rmSync(dataDir, { recursive: true, force: true });
}

/**
 * @param {string[]} flags
 * @param {import("./postgres-place.mjs").Place} place
 * @param {string} cwd a folder that the other user reaches
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function initdb(flags, { binaries, identity }, cwd) {
  const program = path.join(binaries, "bin", "initdb");
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, { ...identity, cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (text) => (output += text));
    child.stderr.on("data", (text) => (output += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output: output.trim() }));
  });
}
