import { spawn } from "node:child_process";
import { findRuntime, readSecret } from "./data-folder.mjs";
import { ensureInstalled, NODE } from "./install.mjs";
import { printFailure } from "./problem.mjs";
import { ROOT, readSettings } from "./settings.mjs";
import { createTerminal } from "./terminal.mjs";

/**
 * Runs one command to its end, and sets the exit code.
 * @param {string[]} words
 * @param {number} exitNotBegun the exit code if it could not even begin
 */
export async function runCommandLine(words, exitNotBegun) {
  try {
    process.exitCode = await main(words);
  } catch (error) {
    printFailure(error);
    process.exitCode = exitNotBegun;
  }
}

/**
 * @param {string[]} words
 * @returns {Promise<number>} the exit code
 */
async function main(words) {
  const settings = readSettings();
  // Standard output belongs to the command's own answer.
  const terminal = createTerminal(process.stderr);
  await ensureInstalled(terminal);

  // It plays on a database of its own, and no hub need run for it.
  if (words[0] === "simulate") return runCommand(words, {});

  const running = await findRuntime(settings.dataDir);
  const isMeant = [undefined, running?.databaseUrl].includes(settings.databaseUrl);
  if (running !== undefined && isMeant) {
    return runCommand(words, {
      DATABASE_URL: running.databaseUrl,
      FIELDLINE_SECRET: readSecret(settings.secretFile),
      FIELDLINE_URL: running.address,
    });
  }
  // Not at the top: it needs what was just installed.
  const { openHub } = await import("./hub.mjs");
  const hub = await openHub(settings, "command", terminal.line);
  try {
    return await runCommand(words, {
      DATABASE_URL: hub.databaseUrl,
      FIELDLINE_SECRET: hub.secret,
      FIELDLINE_URL: settings.address,
    });
  } finally {
    await hub.close();
  }
}

/**
 * @param {string[]} words
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
function runCommand(words, env) {
  // Paths in the words are meant from where the person stands, so the working folder stays.
  const child = spawn(NODE, [`${ROOT}/server/cli/main.ts`, ...words], {
    env: { ...process.env, ...env },
    stdio: "inherit",
  });
  // The terminal sends Ctrl-C to both; the command decides, and then we tidy up.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => child.kill(signal));
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}
