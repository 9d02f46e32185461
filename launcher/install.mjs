import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { hasCode, Problem } from "./problem.mjs";
import { ROOT } from "./settings.mjs";
import { stopProcess } from "./stop-process.mjs";

const MODULES = path.join(ROOT, "node_modules");
const LOCK_FILE = path.join(ROOT, "package-lock.json");
const STAMP = path.join(MODULES, ".fieldline-install");

const OFFLINE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED/;

/** So many failures without one answer in between: npm would go on for minutes, in vain. */
const FAILURES_MAX = 40;
const PATIENCE = ["--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=10000"];
const FAILED = new RegExp(`attempt \\d+ failed with (${OFFLINE.source})`);
const CHATTER = /^npm (http|warn|notice) /;
const ANSWERED = /^npm http fetch [A-Z]+ \d{3} /;

const NPM_GENTLE_MS_MAX = 500;

/**
 * The Node.js that runs everything but the launcher: a modern one, installed from the lock file.
 * (On Windows the package puts it elsewhere.)
 */
export const NODE = path.join(
  MODULES,
  "node",
  "bin",
  process.platform === "win32" ? "node.exe" : "node",
);

/**
 * Installs the packages of the lock file, unless that is done. Throws `Problem`.
 * @param {import("./terminal.mjs").Terminal} terminal
 * @param {AbortSignal} [signal] ends it early
 */
export async function ensureInstalled(terminal, signal) {
  if (isInstalled()) return;
  await terminal.step("Installing packages from the lock file", () => installPackages(signal));
  if (!existsSync(NODE)) {
    throw new Problem(
      "The packages came without their Node.js; npm may have been told to run no install scripts " +
        "(ignore-scripts). Allow them and start again.",
    );
  }
  writeFileSync(STAMP, hashLockFile());
}

function isInstalled() {
  if (!existsSync(NODE)) return false;
  const wanted = hashLockFile();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return true;
  // Somebody may have run npm by hand: npm's own record tells whether it fits.
  if (!fitsLockFile()) return false;
  writeFileSync(STAMP, wanted);
  return true;
}

function hashLockFile() {
  return createHash("sha256").update(readFileSync(LOCK_FILE)).digest("hex");
}

/** @returns {boolean} whether node_modules holds every package of the lock file in its version */
function fitsLockFile() {
  const record = path.join(MODULES, ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = readPackages(LOCK_FILE);
  const found = readPackages(record);
  return Object.entries(wanted).every(([place, { version, optional }]) => {
    if (place === "") return true;
    const there = found[place]?.version;
    // Packages of other kinds of machine are optional and not installed.
    return there === version || (there === undefined && optional === true);
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/**
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<void>}
 */
function installPackages(signal) {
  const flags = ["ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=http"];
  return new Promise((resolve, reject) => {
    const npm = spawn("npm", [...flags, ...PATIENCE], {
      cwd: ROOT,
      env: { ...process.env, PATH: pathWithoutModules() },
      // A group of its own: told to stop, npm undoes its work for a minute. The next start does
      // that as well, so we end it ourselves.
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const stop = () => void stopProcess(npm, NPM_GENTLE_MS_MAX);
    const isHopeless = listenForSilence();
    let complaints = "";
    createInterface({ input: npm.stderr }).on("line", (line) => {
      if (!CHATTER.test(line)) complaints += `${line}\n`;
      if (!isHopeless(line)) return;
      complaints += `${line}\n`;
      stop();
    });
    signal?.addEventListener("abort", stop);
    npm.once("error", (error) => {
      const missing = "npm was not found; it comes with Node.js and installs what Fieldline needs.";
      reject(hasCode(error, "ENOENT") ? new Problem(missing) : error);
    });
    npm.once("close", (code) => (code === 0 ? resolve() : reject(explain(complaints))));
  });
}

/** @returns {(line: string) => boolean} true once what npm tells means that there is no network */
function listenForSilence() {
  let failures = 0;
  return (line) => {
    if (ANSWERED.test(line)) failures = 0;
    if (!FAILED.test(line)) return false;
    failures += 1;
    return failures === FAILURES_MAX;
  };
}

/** The Node.js inside node_modules must not run an npm that replaces node_modules. */
function pathWithoutModules() {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.filter((folder) => !folder.startsWith(MODULES)).join(path.delimiter);
}

/** @param {string} complaints */
function explain(complaints) {
  const offline = OFFLINE.exec(complaints);
  if (offline !== null) {
    return new Problem(
      `The package registry did not answer (${offline[0]}), so the packages could not be ` +
        "installed; check the network and start again.",
    );
  }
  const lines = complaints.split("\n").filter((line) => !line.includes("A complete log of this"));
  return new Problem(`npm could not install the packages:\n${lines.slice(0, 8).join("\n").trim()}`);
}
