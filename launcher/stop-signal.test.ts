import { spawn } from "node:child_process";
import { describe, expect, test } from "vitest";

const MODULE = new URL("stop-signal.mjs", import.meta.url).href;
const SCRIPT = `
  const { listenForStop } = await import(${JSON.stringify(MODULE)});
  const told = listenForStop();
  const staying = setInterval(() => undefined, 1_000);
  told.addEventListener("abort", () => {
    console.log("told");
    clearInterval(staying);
  });
  console.log("ready " + process.pid);`;

/** Runs the script below a shell, as npm does, and gives both their numbers. */
async function startBelowShell() {
  const env = { ...process.env, npm_lifecycle_event: "start", SCRIPT };
  const words = '"$0" --input-type=module -e "$SCRIPT"; true';
  const shell = spawn("sh", ["-c", words, process.execPath], { env });
  const output = readAll(shell.stdout);
  const [, pid = ""] = await output.until(/ready (\d+)/);
  return { shell, pid: Number(pid), output };
}

function readAll(stream: NodeJS.ReadableStream) {
  let text = "";
  stream.on("data", (some) => {
    text += String(some);
  });
  return {
    async until(pattern: RegExp): Promise<RegExpExecArray> {
      await expect.poll(() => text, { timeout: 10_000 }).toMatch(pattern);
      const found = pattern.exec(text);
      if (found === null) throw new Error("The text was there a moment ago.");
      return found;
    },
  };
}

describe("what stops the launcher", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s", async (signal) => {
    const { pid, output } = await startBelowShell();
    process.kill(pid, signal);
    await output.until(/told/);
  });

  test("the end of the shell that npm put in between", async () => {
    const { shell, output } = await startBelowShell();
    shell.kill("SIGTERM");
    await output.until(/told/);
  });
});
