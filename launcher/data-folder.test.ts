import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  findRuntime,
  lockDataFolder,
  prepareDataFolder,
  readSecret,
  writeRuntime,
} from "./data-folder.mjs";

/** A process that stays, and looks like one of ours. */
function startLauncher() {
  return spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "launcher"]);
}

/** No process can have this number. */
const NOBODY = 2 ** 30;

let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), "fieldline-data-folder-")));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("the data folder", () => {
  test("is made when it is absent", () => {
    const deep = path.join(folder, "a", "b");
    prepareDataFolder(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
  });

  test("is refused with a sentence when its place is a file", () => {
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    expect(() => prepareDataFolder(file)).toThrow(/data folder .* cannot be used/);
    expect(() => prepareDataFolder(path.join(file, "below"))).toThrow(/cannot be used/);
  });

  test("is refused where nobody can make one, instead of trying for ever", () => {
    // In a process of its own: one that never ends could not be stopped from within.
    const module = path.join(import.meta.dirname, "data-folder.mjs");
    const asked = `import(${JSON.stringify(module)})
      .then((it) => it.prepareDataFolder("/proc/nobody/below"))
      .catch((error) => console.log(error.message))`;
    const { stdout, signal } = spawnSync(process.execPath, ["-e", asked], {
      timeout: 20_000,
      killSignal: "SIGKILL",
      encoding: "utf8",
    });
    expect(signal).toBeNull();
    expect(stdout).toMatch(/The data folder \/proc\/nobody\/below cannot be used/);
  });
});

describe("the secret", () => {
  test("is made once, for its owner only", () => {
    const file = path.join(folder, "secret");
    const secret = readSecret(file);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(readSecret(file)).toBe(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is refused when it is something else", () => {
    const file = path.join(folder, "secret");
    writeFileSync(file, "hunter2");
    expect(() => readSecret(file)).toThrow(/must hold 64 hexadecimal digits/);
    expect(() => readSecret(folder)).toThrow(/cannot be used/);
  });
});

describe("the lock", () => {
  test("can be taken again when it was given back", async () => {
    const unlock = await lockDataFolder(folder, "command");
    unlock();
    const again = await lockDataFolder(folder, "product");
    again();
  });

  test("of a holder who died is worth nothing", async () => {
    writeFileSync(path.join(folder, "in-use"), `${NOBODY} product ${folder}\n`);
    const unlock = await lockDataFolder(folder, "product");
    const lock = readFileSync(path.join(folder, "in-use"), "utf8");
    expect(lock).toBe(`${process.pid} product ${folder}\n`);
    unlock();
  });

  test("that came with a copy of a folder in use is worth nothing there", async () => {
    const launcher = startLauncher();
    const original = path.join(folder, "original");
    mkdirSync(original);
    const lock = path.join(original, "in-use");
    writeFileSync(lock, `${launcher.pid} product ${original}\n`);
    await expect(lockDataFolder(original, "product")).rejects.toThrow("already runs");

    const copy = path.join(folder, "copy");
    cpSync(original, copy, { recursive: true });
    const unlock = await lockDataFolder(copy, "product");
    unlock();
    launcher.kill();
  });
});

describe("the note of a running product", () => {
  const note = { address: "http://127.0.0.1:4600", databaseUrl: "postgres://x" };

  test("is not believed when its process is gone", async () => {
    const remove = writeRuntime(folder, { pid: NOBODY, ...note });
    expect(await findRuntime(folder)).toBeUndefined();
    remove();
    expect(await findRuntime(folder)).toBeUndefined();
  });

  test("does not lead from a copy of the folder to the original's database", async () => {
    const launcher = startLauncher();
    const original = path.join(folder, "original");
    mkdirSync(original);
    writeRuntime(original, { pid: launcher.pid ?? 0, ...note });
    const copy = path.join(folder, "copy");
    cpSync(original, copy, { recursive: true });
    expect(await findRuntime(original)).toEqual({ pid: launcher.pid, ...note });
    expect(await findRuntime(copy)).toBeUndefined();
    launcher.kill();
  });

  test("is for its owner only: it holds a password", () => {
    writeRuntime(folder, { pid: NOBODY, ...note });
    expect(statSync(path.join(folder, "runtime.json")).mode & 0o777).toBe(0o600);
  });
});
