import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findBrowser } from "./browser.mjs";
import { NODE } from "./install.mjs";
import { ROOT } from "./settings.mjs";
import { startTestPostgres } from "./test-postgres.mjs";

/**
 * What one phase of the tests came to.
 *
 * @typedef {object} Outcome
 * @property {string} name
 * @property {number} passed
 * @property {number} failed with skipped tests and with whatever kept tests from running
 * @property {number} seconds
 * @property {string[]} complaints why something counts as failed that no test has reported
 *
 * @typedef {{ passed: number, failed: number, complaints: string[] }} Count
 * @typedef {import("./terminal.mjs").Terminal} Terminal
 */

/** A phase that takes longer hangs. */
const PHASE_MS_MAX = 30 * 60_000;

/**
 * Runs phases one after the other, those that need PostgreSQL on one server.
 * @param {string[]} names
 * @param {Terminal} terminal
 * @param {AbortSignal} interrupt
 * @returns {Promise<Outcome[]>}
 */
export async function runTestPhases(names, terminal, interrupt) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "fieldline-tests-"));
  const needsPostgres = names.includes("pg") || names.includes("sim");
  const postgres = needsPostgres
    ? await terminal.step("Starting PostgreSQL for the tests", () => startTestPostgres(NODE))
    : undefined;
  const env = postgres === undefined ? {} : { FIELDLINE_TEST_PG_URL: postgres.url };
  /** @type {Outcome[]} */
  const outcomes = [];
  try {
    for (const name of names) {
      if (interrupt.aborted) break;
      const begun = Date.now();
      terminal.line(`\n── ${name} ──`);
      const report = path.join(folder, `${name}.json`);
      const run = { name, report, env, terminal, interrupt };
      const count = name === "browser" ? await runPlaywright(run) : await runVitest(run);
      outcomes.push({ name, ...count, seconds: (Date.now() - begun) / 1_000 });
    }
  } finally {
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return outcomes;
}

/**
 * @typedef {object} Run
 * @property {string} name
 * @property {string} report the file for the machine-readable outcome
 * @property {Record<string, string>} env
 * @property {Terminal} terminal
 * @property {AbortSignal} interrupt
 */

/**
 * @param {Run} run
 * @returns {Promise<Count>}
 */
async function runVitest({ name, report, env, interrupt }) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const command = ["node_modules/vitest/vitest.mjs", "run", "--project", name, ...reporters];
  const end = await runVisibly(command, env, interrupt);
  if (!existsSync(report)) return countNothing(`${name} did not run: ${end}.`);
  /** @type {VitestReport} */
  const result = JSON.parse(readFileSync(report, "utf8"));
  const unloaded = result.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const skipped = result.numPendingTests + result.numTodoTests;
  const complaints = [
    ...unloaded.map((file) => `${path.relative(ROOT, file.name)} could not be loaded.`),
    ...(skipped > 0 ? [`${skipped} tests were skipped; a skipped test is a failure.`] : []),
  ];
  const failed = result.numFailedTests + unloaded.length + skipped;
  return weigh({ passed: result.numPassedTests, failed, complaints }, end);
}

/**
 * @typedef {object} VitestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ name: string, status: string, assertionResults: unknown[] }[]} testResults
 */

/**
 * @param {Run} run
 * @returns {Promise<Count>}
 */
async function runPlaywright({ report, terminal, interrupt }) {
  /** @type {string} */
  let browser;
  try {
    browser = await findBrowser(terminal);
  } catch (error) {
    return countNothing(error instanceof Error ? error.message : String(error));
  }
  const env = { FIELDLINE_BROWSER: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const command = ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"];
  const end = await runVisibly(command, env, interrupt);
  if (!existsSync(report)) return countNothing(`The browser tests did not run: ${end}.`);
  /** @type {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }} */
  const { stats } = JSON.parse(readFileSync(report, "utf8"));
  const complaints =
    stats.skipped > 0 ? [`${stats.skipped} tests did not run; that is a failure.`] : [];
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return weigh({ passed: stats.expected, failed, complaints }, end);
}

/**
 * Trusts an exit code more than a report: whoever ends badly has failed at least once.
 * @param {Count} count
 * @param {string} end
 * @returns {Count}
 */
function weigh(count, end) {
  if (count.passed === 0 && count.failed === 0) return countNothing("No test was found.");
  if (end === "" || count.failed > 0) return count;
  return { ...count, failed: 1, complaints: [`All tests passed, but the run ended with ${end}.`] };
}

/**
 * @param {string} complaint
 * @returns {Count}
 */
function countNothing(complaint) {
  return { passed: 0, failed: 1, complaints: [complaint] };
}

/**
 * @param {string[]} command
 * @param {Record<string, string>} env
 * @param {AbortSignal} interrupt
 * @returns {Promise<string>} how it ended; nothing if it ended well
 */
function runVisibly(command, env, interrupt) {
  return new Promise((resolve) => {
    const child = spawn(NODE, command, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
      timeout: PHASE_MS_MAX,
      signal: interrupt,
      // The gentle one: Playwright then stops the product that it started.
      killSignal: "SIGINT",
    });
    child.once("error", (error) => {
      if (error.name !== "AbortError") resolve(error.message);
    });
    child.once("close", (code, signal) => {
      resolve(code === 0 ? "" : (signal ?? `exit code ${code}`));
    });
  });
}
