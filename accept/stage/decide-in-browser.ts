import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, type Page } from "@playwright/test";
import { ConflictsPage } from "../../e2e/pages/conflicts-page.ts";
import { SignInPage } from "../../e2e/pages/sign-in-page.ts";
import { findBrowser } from "../../launcher/browser.mjs";
import { ensureBuilt } from "../../launcher/build.mjs";
import { findFreePort } from "../../launcher/embedded-postgres.mjs";
import { createTerminal } from "../../launcher/terminal.mjs";
import type { Decided } from "./decide-queue.ts";
import type { Stage } from "./stage.ts";

const NEXT = path.join("node_modules", "next", "dist", "bin", "next");
const ANSWER_MS_MAX = 60_000;

/** Each contender in turn, and now and then the hub's own value. */
const KEYS = ["1", "2", "0"];

/** Decides the whole queue as a steward does: in the studio, in Chromium, one key each. */
export async function decideInBrowser(stage: Stage): Promise<Decided> {
  const terminal = createTerminal(process.stderr);
  await ensureBuilt(terminal, new AbortController().signal);
  const executablePath = await findBrowser(terminal);
  const studio = await startStudio(stage);
  // As root Chromium has no sandbox of its own.
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ baseURL: studio.address });
    await signIn(stage, studio.address, page);
    const decided = await decideAll(page);
    // The screen goes ahead of its answers: they travel one behind the other.
    await until("the answers have arrived", async () => (await openCount(stage)) === 0);
    return decided;
  } finally {
    await browser.close();
    await studio.stop();
  }
}

async function openCount({ hub }: Stage): Promise<number> {
  const rows = await hub.sql`select 1 from conflicts where state = 'open'`;
  return rows.length;
}

type Studio = { readonly address: string; stop(): Promise<void> };

async function startStudio({ env, logs }: Stage): Promise<Studio> {
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

async function decideAll(page: Page): Promise<Decided> {
  const conflicts = new ConflictsPage(page);
  await page.goto("/conflicts");
  await page.getByRole("status").getByText("Live", { exact: true }).waitFor();
  const all = await conflicts.countOpen();
  const done = page.getByText("Nothing to decide").or(page.getByText(/^All decided/));
  for (let left = all; left > 0; left -= 1) {
    await conflicts.press(KEYS[left % KEYS.length] ?? "1");
    await until(`only ${left - 1} of ${all} questions are open`, async () =>
      left === 1 ? await done.isVisible() : (await conflicts.countOpen()) === left - 1,
    );
  }
  return { decided: all, refused: [] };
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + ANSWER_MS_MAX;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It did not happen that ${what}.`);
    await pause(20);
  }
}
