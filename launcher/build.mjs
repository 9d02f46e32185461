import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Problem } from "./problem.mjs";
import { runNode } from "./processes.mjs";
import { ROOT } from "./settings.mjs";

/** What the built studio is made of. */
const SOURCES = [
  "app",
  "components",
  "server",
  "db",
  "public",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

const NOT_BUILT = /\.(test|test-d|suite|spec|setup)\.tsx?$|\.md$/;
const NEXT = path.join(ROOT, "node_modules", "next", "dist", "bin", "next");
const STAMP = path.join(ROOT, ".next", "fieldline-build");

/**
 * Builds the studio, unless the last build was made from the same sources. Throws `Problem`.
 * @param {import("./terminal.mjs").Terminal} terminal
 * @param {AbortSignal} signal ends it early
 */
export async function ensureBuilt(terminal, signal) {
  const wanted = hashSources();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === wanted) return;
  await terminal.step("Building the studio", async () => {
    const env = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const { code, stdout, stderr } = await runNode([NEXT, "build"], { env, signal });
    if (code === 0) return;
    const end = `${stdout}\n${stderr}`.trim().split("\n").slice(-25).join("\n");
    throw new Problem(`The studio could not be built:\n${end}`);
  });
  writeFileSync(STAMP, wanted);
}

/** One digest over names and contents of all sources, in a fixed order. */
function hashSources() {
  const hash = createHash("sha256");
  for (const source of SOURCES) addToHash(hash, source);
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} place relative to the checkout
 */
function addToHash(hash, place) {
  const full = path.join(ROOT, place);
  if (!existsSync(full) || NOT_BUILT.test(place)) return;
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) addToHash(hash, path.join(place, name));
  } else {
    hash.update(`${place}\0`).update(readFileSync(full)).update("\0");
  }
}
