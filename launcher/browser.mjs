import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { Problem } from "./problem.mjs";
import { runNode } from "./processes.mjs";
import { ROOT } from "./settings.mjs";

/** Where systems keep a Chromium or a Chrome. */
const SYSTEM_BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const PLAYWRIGHT = path.join(ROOT, "node_modules", "@playwright", "test", "cli.js");

/**
 * Finds a browser for the tests, or installs one. Throws `Problem`.
 * The order: FIELDLINE_BROWSER, Playwright's own, the system's; then apt, then Playwright's.
 * @param {import("./terminal.mjs").Terminal} terminal
 * @returns {Promise<string>} the program
 */
export async function findBrowser(terminal) {
  const chosen = process.env["FIELDLINE_BROWSER"];
  if (chosen !== undefined && chosen !== "") {
    if (works(chosen)) return chosen;
    throw new Problem(`FIELDLINE_BROWSER=${chosen} is not a browser that starts.`);
  }
  const found = await lookAround();
  if (found !== undefined) return found;
  const complaint = await installBrowser(terminal);
  const installed = await lookAround();
  if (installed !== undefined) return installed;
  throw new Problem(
    "No browser was found for the tests, and none could be installed. Install Chromium (Debian: " +
      `apt-get install chromium) or name one with FIELDLINE_BROWSER.\n${complaint}`,
  );
}

/** @returns {Promise<string | undefined>} */
async function lookAround() {
  const { chromium } = await import("@playwright/test");
  return [chromium.executablePath(), ...SYSTEM_BROWSERS].find(works);
}

/**
 * @param {string} program
 * @returns {boolean} whether it starts with all its libraries
 */
function works(program) {
  if (!existsSync(program)) return false;
  try {
    execFileSync(program, ["--version"], { stdio: "ignore", timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {import("./terminal.mjs").Terminal} terminal
 * @returns {Promise<string>} what went wrong, if anything did
 */
async function installBrowser(terminal) {
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
    const complaint = await terminal.step("Installing Chromium with apt", installWithApt);
    if (complaint === "") return "";
    terminal.line("apt could not install Chromium; trying Playwright's own.");
  }
  const { code, stderr } = await terminal.step("Installing Playwright's Chromium", () =>
    runNode([PLAYWRIGHT, "install", "chromium"]),
  );
  return code === 0 ? "" : stderr.split("\n").slice(0, 6).join("\n");
}

/** @returns {Promise<string>} what went wrong, if anything did */
async function installWithApt() {
  const wait = "-o DPkg::Lock::Timeout=300";
  const update = await runShell(`apt-get ${wait} -qq update`);
  if (update !== "") return update;
  return runShell(`apt-get ${wait} -qq install -y --no-install-recommends chromium`);
}

/**
 * @param {string} command
 * @returns {Promise<string>} what it complained about if it failed; else nothing
 */
function runShell(command) {
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", command], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let complaints = "";
    child.stderr.on("data", (text) => (complaints += text));
    child.once("error", reject);
    child.once("close", (code) => resolve(code === 0 ? "" : complaints || `exit code ${code}`));
  });
}
