import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findFreePort } from "../../launcher/embedded-postgres.mjs";

/** Somebody with a new clone, an empty home and an empty npm cache. */
export type Newcomer = {
  readonly who: string;
  readonly clone: string;
  /** Runs a command in the clone to its end. */
  run(words: readonly string[], input?: string): Promise<{ code: number; out: string }>;
  /** Starts `npm start` and waits for its printed line. */
  start(): Promise<Started>;
  /** Processes that were started here and live. */
  left(): string[];
  leave(): void;
};

export type Started = {
  readonly address: string;
  readonly link: string | null;
  readonly seconds: number;
  /** Seconds of the steps that it told, by their names. */
  readonly steps: Readonly<Record<string, number>>;
  /** The longest time without a line, in seconds. */
  readonly silence: number;
  /**
   * Ctrl-C, as a terminal sends it to everything in the foreground.
   * @returns the last line that was told, and how npm ended
   */
  stop(): Promise<{ readonly last: string; readonly end: number | string }>;
};

export type Identity = { readonly uid: number; readonly gid: number };

const START_MS_MAX = 900_000;
const STOP_MS_MAX = 60_000;

/** @param identity as whom; undefined: as we are */
export async function welcome(who: string, identity: Identity | undefined): Promise<Newcomer> {
  const base = mkdtempSync(path.join(os.tmpdir(), "fieldline-fresh-"));
  // PostgreSQL does not run as root, and whoever it runs as must reach its files.
  chmodSync(base, 0o755);
  const [clone, home] = [path.join(base, "fieldline"), path.join(base, "home")];
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", ".", clone]);
  mkdirSync(home);
  if (identity !== undefined) {
    execFileSync("chown", ["-R", `${identity.uid}:${identity.gid}`, clone, home]);
  }
  const mark = randomUUID();
  const env = {
    ...{ PATH: cleanPath(), HOME: home, LANG: "C.UTF-8", CI: "1" },
    ...{ npm_config_cache: path.join(home, "npm-cache"), npm_config_registry: registry() },
    ...{ FIELDLINE_PORT: String(await findFreePort()), ACCEPTANCE_MARK: mark },
    // Next declares that it is always set; a newcomer's shell does not set it.
  } as unknown as NodeJS.ProcessEnv;
  const begin = ([command = "", ...words]: readonly string[], input = false): ChildProcess =>
    spawn(command, words, {
      ...{ cwd: clone, env, ...identity },
      // A group of its own, as a shell makes it for what runs in the foreground.
      detached: true,
      stdio: [input ? "pipe" : "ignore", "pipe", "pipe"],
    });
  return {
    ...{ who, clone },
    run: (words, input) => finish(begin(words, input !== undefined), input),
    start: () => untilStarted(begin(["npm", "start"])),
    left: () => processesWith(mark),
    leave() {
      for (const line of processesWith(mark)) process.kill(Number(line.split(" ")[0]), "SIGKILL");
      rmSync(base, { recursive: true, force: true });
    },
  };
}

/** Without what `npm run` put in front: a newcomer has the machine's own Node.js. */
function cleanPath(): string {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.filter((one) => !one.includes("node_modules")).join(path.delimiter);
}

/** Where this machine gets its packages from. */
function registry(): string {
  return execFileSync("npm", ["config", "get", "registry"], { encoding: "utf8" }).trim();
}

function finish(child: ChildProcess, input = ""): Promise<{ code: number; out: string }> {
  let out = "";
  child.stdout?.on("data", (text) => (out += text));
  child.stderr?.on("data", (text) => (out += text));
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? -1, out: out.trim() }));
  });
}

const RUNS_AT = /^Fieldline runs at (\S+)(?: – sign in, once, with (\S+))?$/m;

async function untilStarted(child: ChildProcess): Promise<Started> {
  const begun = performance.now();
  let out = "";
  let heard = begun;
  let silence = 0;
  const hear = (text: Buffer) => {
    silence = Math.max(silence, performance.now() - heard);
    heard = performance.now();
    out += text;
  };
  child.stdout?.on("data", hear);
  child.stderr?.on("data", hear);
  const ended = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? signal ?? "")),
  );
  let exit: number | string | null = null;
  void ended.then((end) => (exit = end));
  for (;;) {
    const line = RUNS_AT.exec(out);
    if (line !== null) {
      const [, address = "", link = null] = line;
      const seconds = (performance.now() - begun) / 1_000;
      const stop = async () => {
        const end = await interrupt(child, ended);
        return { last: out.trim().split("\n").at(-1) ?? "", end };
      };
      return { address, link, seconds, steps: stepsOf(out), silence: silence / 1_000, stop };
    }
    const isLate = performance.now() - begun > START_MS_MAX;
    if (exit !== null || isLate) throw new Error(`It did not start (${exit}):\n${out}`);
    await pause(20);
  }
}

/** "Building the studio: done in 41 s" => { "Building the studio": 41 } */
function stepsOf(out: string): Record<string, number> {
  const steps = out.matchAll(/^(.+): done in ([\d.]+) s$/gm);
  return Object.fromEntries([...steps].map(([, name = "", seconds]) => [name, Number(seconds)]));
}

async function interrupt(
  child: ChildProcess,
  ended: Promise<number | string>,
): Promise<number | string> {
  process.kill(-(child.pid ?? 0), "SIGINT");
  const late = pause(STOP_MS_MAX, "too late", { ref: false });
  return await Promise.race([ended, late]);
}

/** Processes that have a mark in their environment, as "number command". */
function processesWith(mark: string): string[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      if (!readFileSync(`/proc/${name}/environ`, "latin1").includes(mark)) return [];
      const command = readFileSync(`/proc/${name}/cmdline`, "latin1").replaceAll("\0", " ");
      return command === "" ? [] : [`${name} ${command}`];
    } catch {
      // Gone meanwhile, or another user's.
      return [];
    }
  });
}
