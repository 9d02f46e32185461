import { spawnSync } from "node:child_process";
import { ensureInstalled, NODE } from "./install.mjs";
import { printFailure } from "./problem.mjs";
import { ROOT } from "./settings.mjs";
import { createTerminal } from "./terminal.mjs";

const CAMERA = ["node_modules/@playwright/test/cli.js", "test", "-c", "pictures.config.ts"];

/** Takes them, and sets the exit code. */
export async function takeScreenshots() {
  const terminal = createTerminal(process.stdout);
  try {
    await ensureInstalled(terminal);
    // Not at the top: it needs what was just installed.
    const { findBrowser } = await import("./browser.mjs");
    const env = { ...process.env, FIELDLINE_BROWSER: await findBrowser(terminal) };
    const { status } = spawnSync(NODE, CAMERA, { cwd: ROOT, env, stdio: "inherit" });
    process.exitCode = status ?? 1;
  } catch (error) {
    printFailure(error);
    process.exitCode = 1;
  }
}
