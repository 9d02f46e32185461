import { spawn } from "node:child_process";

/** What a command of the command line told. */
export type Told = {
  readonly code: number | null;
  readonly out: string;
  /** Errors and progress. */
  readonly err: string;
};

/** The command line itself, and what `npx fieldline` starts: the launcher before it. */
export const COMMAND_LINE = "server/cli/main.ts";
export const LAUNCHER = "launcher/fieldline.mjs";

/** Runs a command of the product's command line to its end. */
export function runCommand(
  script: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  input: string | Uint8Array = "",
): Promise<Told> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...words], {
      env: { NODE_ENV: "production", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (err += text));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out: out.trim(), err: err.trim() }));
    // A command that reads no input may be gone before all of it is written.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
