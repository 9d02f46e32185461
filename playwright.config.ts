import { randomUUID } from "node:crypto";
import os from "node:os";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { PERSON } from "./e2e/signed-in.ts";
import { findFreePort } from "./launcher/embedded-postgres.mjs";

/**
 * The journeys run against the real product, started by its own launcher on a data folder and a
 * port of its own. Workers read this file again, so what was chosen first is kept in variables.
 */
process.env["FIELDLINE_PORT"] = process.env["E2E_PORT"] ??= String(await findFreePort());
process.env["FIELDLINE_DATA"] = process.env["E2E_DATA"] ??= path.join(
  os.tmpdir(),
  `fieldline-e2e-${randomUUID()}`,
);
const address = `http://127.0.0.1:${process.env["E2E_PORT"]}`;
const browser = process.env["FIELDLINE_BROWSER"];

/** A system's browser, as root and without a network of its own. */
const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const ALONE = ["--disable-background-networking", "--disable-component-update"];

/** How the first admin is signed in; `setup/` makes it, every journey begins with it. */
const SIGNED_IN = { storageState: PERSON.file };

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  metadata: { dataFolder: process.env["E2E_DATA"] },
  projects: [
    { name: "first start", testMatch: "setup/*.setup.ts" },
    {
      name: "journeys",
      testMatch: "journeys/*.spec.ts",
      dependencies: ["first start"],
      use: SIGNED_IN,
    },
  ],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ...QUIET, ...ALONE],
    },
  },
  webServer: {
    command: "node launcher/start.mjs",
    url: `${address}/api/health`,
    // Empty means not set: whatever a person's own environment says, this product stands alone.
    env: { FIELDLINE_EPHEMERAL: "1", FIELDLINE_HOST: "", FIELDLINE_URL: "", DATABASE_URL: "" },
    reuseExistingServer: false,
    timeout: 600_000,
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
  },
});
