/** `npm run check`: the static gates, cheap ones first. Stops at the first that is not met. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { Problem, printFailure } from "./problem.mjs";
import { runNode } from "./processes.mjs";
import { ROOT } from "./settings.mjs";
import { createTerminal } from "./terminal.mjs";

const ROOMS = ["app", "components", "server", "db", "e2e", "bench", "accept", "launcher"];

const GATES = [
  {
    label: "Format and lint",
    pass: () => run("@biomejs/biome/bin/biome", "check", "--error-on-warnings"),
  },
  { label: "Types", pass: () => run("typescript/bin/tsc", "--noEmit") },
  { label: "Doors between rooms", pass: checkDoors },
  { label: "Nothing unused", pass: () => run("knip/bin/knip.js") },
];

const terminal = createTerminal(process.stdout);
try {
  requireNode();
  await ensureInstalled(terminal);
  for (const { label, pass } of GATES) await terminal.step(label, pass);
} catch (error) {
  printFailure(error);
  process.exitCode = 1;
}

/**
 * @param {string} tool its program inside node_modules
 * @param {string[]} words
 */
async function run(tool, ...words) {
  const { code, stdout, stderr } = await runNode([path.join("node_modules", tool), ...words]);
  if (code !== 0) throw new Problem(`${stdout}\n${stderr}`.trim());
}

/**
 * Also makes sure that the tool saw every source file: with a compiler that it does not know, it
 * sees none and is content.
 */
async function checkDoors() {
  const rooms = ROOMS.filter((room) => listSources(room).length > 0);
  const tool = "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs";
  const { stdout, stderr } = await runNode([tool, ...rooms, "--output-type", "json"]);
  if (stdout === "") throw new Problem(stderr);
  /** @type {{ modules: { source: string }[], summary: { violations: Violation[] } }} */
  const { modules, summary } = JSON.parse(stdout);
  const seen = new Set(modules.map((module) => module.source));
  const unseen = rooms.flatMap(listSources).filter((file) => !seen.has(file));
  if (unseen.length > 0) {
    throw new Problem(`The door check did not see ${unseen.length} files, first ${unseen[0]}.`);
  }
  if (summary.violations.length > 0) {
    throw new Problem(summary.violations.map(describeViolation).join("\n"));
  }
}

/** @typedef {{ from: string, to: string, comment?: string, rule: { name: string } }} Violation */

/** @param {Violation} violation */
function describeViolation({ from, to, comment = "", rule }) {
  return `${from} → ${to}\n  ${rule.name}: ${comment}`;
}

/**
 * @param {string} room
 * @returns {string[]} its source files, relative to the checkout, with forward slashes
 */
function listSources(room) {
  try {
    return readdirSync(path.join(ROOT, room), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(tsx?|mjs)$/.test(name) && !name.endsWith(".d.ts"))
      .map((name) => `${room}/${name.replaceAll(path.sep, "/")}`);
  } catch {
    return [];
  }
}
