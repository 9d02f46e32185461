import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Engine processes as the supervisor runs them: one that dies is started again. */
export type Engines = {
  /** @param more for its environment, until it is started again */
  start(name: string, more?: Readonly<Record<string, string>>): void;
  /** Ends one at once, in the middle of whatever it does, and starts it again. */
  kill(name: string): Promise<void>;
  /** Lets all of them end at a safe place. */
  stopAll(): Promise<void>;
  /** The names of those that are wanted. */
  names(): readonly string[];
  /** How often one ended by itself. */
  endedAlone(): number;
};

const RESTART_MS = 200;
const STOP_MS_MAX = 12_000;

/**
 * @param env what the engines find in their environment
 * @param logs the folder for what they print
 */
export function makeEngines(env: Readonly<Record<string, string>>, logs: string): Engines {
  const running = new Map<string, ChildProcess>();
  let alone = 0;

  function start(name: string, more: Readonly<Record<string, string>> = {}): void {
    const log = openSync(path.join(logs, `${name}.log`), "a");
    const child = spawn(process.execPath, ["server/engine/main.ts"], {
      env: { NODE_ENV: "production", ...env, ...more, FIELDLINE_ENGINE_NAME: name },
      // With a channel to us, so that it ends when we do.
      stdio: ["ignore", log, log, "ipc"],
    });
    closeSync(log);
    running.set(name, child);
    child.once("exit", () => {
      if (running.get(name) !== child) return;
      alone += 1;
      running.delete(name);
      setTimeout(() => {
        if (!running.has(name)) start(name);
      }, RESTART_MS);
    });
  }

  async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    const late = pause(STOP_MS_MAX, "late", { ref: false });
    if ((await Promise.race([ended, late])) === "late") {
      child.kill("SIGKILL");
      await ended;
    }
  }

  return {
    start,
    async kill(name) {
      const child = running.get(name);
      running.delete(name);
      if (child !== undefined) await end(child, "SIGKILL");
      start(name);
    },
    async stopAll() {
      const children = [...running.values()];
      running.clear();
      await Promise.all(children.map((child) => end(child, "SIGTERM")));
    },
    names: () => [...running.keys()],
    endedAlone: () => alone,
  };
}
