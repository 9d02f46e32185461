import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { SignInPage } from "../../e2e/pages/sign-in-page.ts";
import { findBrowser } from "../../launcher/browser.mjs";
import { ensureBuilt } from "../../launcher/build.mjs";
import { findFreePort } from "../../launcher/embedded-postgres.mjs";
import { createTerminal } from "../../launcher/terminal.mjs";
import type { Stage } from "./stage.ts";

const NEXT = path.join("node_modules", "next", "dist", "bin", "next");
const ANSWER_MS_MAX = 60_000;

/** The studio of a stage, built for production, and a browser in which its first admin works. */
export type Studio = {
  readonly address: string;
  readonly browser: Browser;
  /** Signed in. */
  readonly page: Page;
  stop(): Promise<void>;
};

/**
 * Starts the studio beside the stage's hub and signs the first admin in.
 * @param viewport of the browser, in px
 */
export async function openStudio(
  stage: Stage,
  viewport = { width: 1440, height: 900 },
): Promise<Studio> {
  const terminal = createTerminal(process.stderr);
  await ensureBuilt(terminal, new AbortController().signal);
  const executablePath = await findBrowser(terminal);
  const server = await startServer(stage);
  // As root Chromium has no sandbox of its own.
  const args = ["--no-sandbox", "--disable-gpu"];
  const browser = await chromium.launch({ executablePath, args }).catch(async (error) => {
    await server.stop();
    throw error;
  });
  const stop = async () => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = await browser.newPage({ baseURL: server.address, viewport });
    await signIn(stage, server.address, page);
    return { address: server.address, browser, page, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startServer({ env, logs }: Stage) {
  const port = await findFreePort();
  const address = `http://127.0.0.1:${port}`;
  const log = openSync(path.join(logs, "studio.log"), "a");
  const words = [NEXT, "start", "--hostname", "127.0.0.1", "--port", String(port)];
  const child: ChildProcess = spawn(process.execPath, words, {
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...env, FIELDLINE_URL: address },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  const abandon = () => child.kill("SIGKILL");
  process.once("exit", abandon);
  await until("the studio answers", async () => {
    const response = await fetch(`${address}/api/health`).catch(() => null);
    return response?.ok === true;
  });
  return {
    address,
    async stop() {
      process.removeListener("exit", abandon);
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function signIn(stage: Stage, address: string, page: Page): Promise<void> {
  const { out } = await stage.run(["user", "--json"], { env: { FIELDLINE_URL: address } });
  const { link } = JSON.parse(out) as { link: string };
  await page.goto(link);
  const person = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };
  await new SignInPage(page).becomeAdmin(person);
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** Looks again and again until something holds. @throws after a minute */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + ANSWER_MS_MAX;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not happen that ${what}.`);
    await pause(20);
  }
}
