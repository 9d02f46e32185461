import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { hasCode, Problem } from "./problem.mjs";

/**
 * What the person who starts Fieldline may choose, by environment variables (see CONTRIBUTING.md).
 *
 * @typedef {object} Settings
 * @property {string} host FIELDLINE_HOST, where the studio listens
 * @property {number} port FIELDLINE_PORT
 * @property {string} address FIELDLINE_URL, how a browser reaches it
 * @property {string} dataDir FIELDLINE_DATA, absolute
 * @property {string} secretFile FIELDLINE_SECRET_FILE, absolute
 * @property {string | undefined} databaseUrl DATABASE_URL; undefined means embedded
 * @property {number} engines FIELDLINE_ENGINES, how many engine processes share the work
 * @property {boolean} ephemeral FIELDLINE_EPHEMERAL=1: the data folder goes away at the end
 */

/** The folder of this checkout. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");

const ENGINES_MAX = 16;

/** How long the processes of a start that was killed may take to let go of the port. */
const LEFTOVER_MS_MAX = 5_000;

/**
 * Reads and checks the settings. Throws `Problem`.
 * @param {Record<string, string | undefined>} env
 * @returns {Settings}
 */
export function readSettings(env = process.env) {
  const host = env["FIELDLINE_HOST"] || "127.0.0.1";
  const port = readWhole(env, "FIELDLINE_PORT", 4600, 1, 65_535);
  const dataDir = path.resolve(env["FIELDLINE_DATA"] || path.join(ROOT, ".fieldline"));
  return {
    host,
    port,
    address: readAddress(env["FIELDLINE_URL"]) ?? `http://${nameOf(host)}:${port}`,
    dataDir,
    secretFile: path.resolve(env["FIELDLINE_SECRET_FILE"] || path.join(dataDir, "secret")),
    databaseUrl: env["DATABASE_URL"] || undefined,
    engines: readWhole(env, "FIELDLINE_ENGINES", 1, 1, ENGINES_MAX),
    ephemeral: env["FIELDLINE_EPHEMERAL"] === "1",
  };
}

/**
 * Makes sure that the studio can listen where it should. Throws `Problem`.
 * @param {Settings} settings
 * @param {number} [patienceMs] how long another program may take to let go of the port
 */
export async function requirePort({ host, port }, patienceMs = LEFTOVER_MS_MAX) {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const error = await tryPort(host, port);
    if (error === undefined) return;
    if (!hasCode(error, "EADDRINUSE")) throw new Problem(explainPort(error, host, port));
    if (Date.now() > deadline) {
      throw new Problem(
        `Port ${port} on ${host} is taken by another program; ` +
          `stop it, or choose another port with FIELDLINE_PORT=${port + 1}.`,
      );
    }
    await wait(200);
  }
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<Error | undefined>} why nobody can listen there
 */
function tryPort(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/**
 * @param {Error} error
 * @param {string} host
 * @param {number} port
 */
function explainPort(error, host, port) {
  if (hasCode(error, "EACCES")) {
    return `You may not use port ${port}; choose one above 1023 with FIELDLINE_PORT.`;
  }
  return `FIELDLINE_HOST=${host} is not an address of this machine (${error.message}).`;
}

/**
 * @param {Record<string, string | undefined>} env
 * @param {string} name
 * @param {number} otherwise
 * @param {number} min
 * @param {number} max
 */
function readWhole(env, name, otherwise, min, max) {
  const text = env[name];
  if (text === undefined || text === "") return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Problem(`${name} must be a whole number from ${min} to ${max}, and it is "${text}".`);
}

/** @param {string | undefined} text */
function readAddress(text) {
  if (text === undefined || text === "") return undefined;
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Problem(`FIELDLINE_URL must start with http:// or https://, and it is "${text}".`);
  }
  return text.replace(/\/+$/, "");
}

/**
 * How a browser on this machine calls a host.
 * @param {string} host
 */
function nameOf(host) {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
