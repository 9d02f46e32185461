import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isProcess } from "./data-folder.mjs";
import { Keeper } from "./processes.mjs";

let folder = "";
let pidFile = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "fieldline-processes-"));
  pidFile = path.join(folder, "pid");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process that stays and does `body`, in which `note()` writes down its number. */
function keep(body: string, gentleMsMax = 5_000) {
  const script = path.join(folder, "task.mjs");
  const lines = [
    'import fs from "node:fs";',
    `const note = () => fs.appendFileSync(${JSON.stringify(pidFile)}, process.pid + "\\n");`,
    "setInterval(() => {}, 1000);",
    body,
  ];
  writeFileSync(script, lines.join("\n"));
  const logs = path.join(folder, "logs");
  mkdirSync(logs);
  const said: string[] = [];
  let giveUp: (sentence: string) => void = () => undefined;
  const gaveUp = new Promise<string>((resolve) => {
    giveUp = resolve;
  });
  const keeper = new Keeper(
    {
      name: "The task",
      command: [script],
      env: {},
      logFile: path.join(logs, "log"),
      gentleMsMax,
    },
    { say: (line) => said.push(line), giveUp },
    [10, 20],
  );
  return { keeper, said, gaveUp, logs };
}

function pids(): number[] {
  return readFileSync(pidFile, "utf8").trim().split("\n").map(Number);
}

async function waitForPids(count: number): Promise<number[]> {
  return vi.waitFor(
    () => {
      expect(pids().length).toBeGreaterThanOrEqual(count);
      return pids();
    },
    { timeout: 10_000, interval: 20 },
  );
}

describe("a keeper", () => {
  test("starts a process again that was killed, and says so", async () => {
    const { keeper, said } = keep("note();");
    keeper.start();
    const [first = 0] = await waitForPids(1);
    process.kill(first, "SIGKILL");
    const [, second = 0] = await waitForPids(2);
    expect(isProcess(second)).toBe(true);
    expect(said).toEqual(["The task stopped (SIGKILL); it starts again in 0.01 s."]);
    await keeper.stop();
    expect(isProcess(second)).toBe(false);
  });

  test("gives up on a process that always dies, with its last words", async () => {
    const { keeper, gaveUp } = keep('note(); console.log("no more ink"); process.exit(3);');
    keeper.start();
    expect(await gaveUp).toMatch(/The task stops again and again.*no more ink/s);
    expect(pids()).toHaveLength(3);
  });

  test("gives up in a sentence when the data folder was taken away", async () => {
    const { keeper, gaveUp, logs } = keep("note();");
    keeper.start();
    const [pid = 0] = await waitForPids(1);
    rmSync(logs, { recursive: true });
    process.kill(pid, "SIGKILL");
    expect(await gaveUp).toMatch(/^The task cannot be started again: .*no such file/);
  });

  test("kills a process that does not want to stop", async () => {
    const { keeper } = keep('process.on("SIGTERM", () => {}); note();', 50);
    keeper.start();
    const [pid = 0] = await waitForPids(1);
    await keeper.stop();
    expect(isProcess(pid)).toBe(false);
  });
});
