import { ensureInstalled } from "./install.mjs";
import { Problem, printFailure } from "./problem.mjs";
import { listenForStop } from "./stop-signal.mjs";
import { createTerminal } from "./terminal.mjs";

/** @typedef {import("./test-phases.mjs").Outcome} Outcome */

const PHASES = ["unit", "pg", "sim", "browser"];
const EXIT_INTERRUPTED = 130;

const terminal = createTerminal(process.stdout);
const interrupted = listenForStop();

/** @type {Outcome[]} */
let outcomes = [];

/**
 * Runs tests to their end, and sets the exit code.
 * @param {string[]} phaseNames all if empty
 */
export async function runTests(phaseNames) {
  try {
    forgetSettings();
    await ensureInstalled(terminal, interrupted);
    outcomes = await runPhases(phaseNames);
  } catch (error) {
    printFailure(error);
    outcomes.push({ name: "set-up", passed: 0, failed: 1, seconds: 0, complaints: [] });
  }
  summarize();
}

/** The tests bring up what they need; a person's own settings must not lead them elsewhere. */
function forgetSettings() {
  for (const name of Object.keys(process.env)) {
    const isOurs = name === "DATABASE_URL" || name.startsWith("FIELDLINE_");
    if (isOurs && name !== "FIELDLINE_BROWSER") delete process.env[name];
  }
}

/** @param {string[]} wanted names of phases; all if empty */
async function runPhases(wanted) {
  for (const name of wanted) {
    if (!PHASES.includes(name))
      throw new Problem(`There is no phase ${name}: ${PHASES.join(", ")}.`);
  }
  // Not at the top: they need what was just installed.
  const { runTestPhases } = await import("./test-phases.mjs");
  const phases = PHASES.filter((name) => wanted.length === 0 || wanted.includes(name));
  return runTestPhases(phases, terminal, interrupted);
}

function summarize() {
  terminal.line("");
  for (const { name, passed, failed, seconds, complaints } of outcomes) {
    terminal.line(`${name}: ${passed} passed, ${failed} failed in ${Math.round(seconds)} s`);
    for (const complaint of complaints) terminal.line(`  ${complaint}`);
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  if (failed > 0 || passed === 0) process.exitCode = 1;
  if (interrupted.aborted) process.exitCode = EXIT_INTERRUPTED;
  terminal.line(`${passed} passed, ${failed} failed`);
}
