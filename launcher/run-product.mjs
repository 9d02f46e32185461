import { prepareDataFolder } from "./data-folder.mjs";
import { ensureInstalled } from "./install.mjs";
import { Problem, printFailure } from "./problem.mjs";
import { readSettings, requirePort } from "./settings.mjs";
import { listenForStop } from "./stop-signal.mjs";
import { createTerminal } from "./terminal.mjs";

/** @typedef {"production" | "development"} Mode */

/**
 * Starts the product and stays until it is told to stop or a part is beyond help.
 * The exit code is 0 after an orderly stop and 1 after a failure.
 * @param {Mode} mode
 */
export async function runProduct(mode) {
  const terminal = createTerminal(process.stdout);
  const told = listenForStop();
  // At once, whatever is going on: it may take a moment to break off.
  told.addEventListener("abort", () => terminal.line("Stopping …"));
  try {
    const product = await start(mode, terminal, told);
    const sentence = await Promise.race([product.failure, untilAborted(told)]);
    if (sentence !== undefined) terminal.line("Stopping …");
    await product.stop();
    if (sentence !== undefined) throw new Problem(sentence);
  } catch (error) {
    // Whatever was going on when we were told to stop broke off because of that.
    if (!told.aborted) {
      printFailure(error);
      process.exitCode = 1;
    }
  }
  if (told.aborted) terminal.line("Stopped.");
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<undefined>}
 */
function untilAborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined));
  });
}

/**
 * @param {Mode} mode
 * @param {import("./terminal.mjs").Terminal} terminal
 * @param {AbortSignal} told
 */
async function start(mode, terminal, told) {
  const settings = readSettings();
  prepareDataFolder(settings.dataDir);
  await requirePort(settings);
  await ensureInstalled(terminal, told);

  // Not at the top: it needs what was just installed.
  const { startProduct } = await import("./product.mjs");
  const product = await startProduct(settings, mode, terminal, told);
  const { signInLink } = product;
  const signIn = signInLink === undefined ? "" : ` – sign in, once, with ${signInLink}`;
  terminal.line(`Fieldline runs at ${settings.address}${signIn}`);
  return product;
}
