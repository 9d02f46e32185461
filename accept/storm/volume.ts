import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import os from "node:os";
import path from "node:path";

/** A volume of its own, for a server's data, that can be filled to the brim. */
export type Volume = {
  readonly folder: string;
  /** Leaves nothing free. */
  fill(): void;
  empty(): void;
  /** Copies all that is on it; the server on it must not run. Gives the way back. */
  backUp(): () => void;
  remove(): void;
};

const BLOCK_BYTES = 1024 * 1024;
const BALLAST = "ballast";

/**
 * @param bytes its size; it lies in memory
 * @throws Error where this user may not mount: then a full disk cannot be tried here
 */
export function makeVolume(bytes: number): Volume {
  const folder = mkdtempSync(path.join(os.tmpdir(), "fieldline-volume-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${bytes},mode=0755`, "tmpfs", folder]);
  const backups: string[] = [];
  return {
    folder,
    fill: () => fill(folder),
    empty: () => rmSync(path.join(folder, BALLAST), { force: true }),
    backUp() {
      const backup = mkdtempSync(path.join(os.tmpdir(), "fieldline-backup-"));
      backups.push(backup);
      execFileSync("cp", ["-a", `${folder}/.`, backup]);
      return () => {
        execFileSync("find", [folder, "-mindepth", "1", "-delete"]);
        execFileSync("cp", ["-a", `${backup}/.`, folder]);
      };
    },
    remove() {
      execFileSync("umount", ["--lazy", folder]);
      for (const one of [folder, ...backups]) rmSync(one, { recursive: true, force: true });
    },
  };
}

function fill(folder: string): void {
  const file = openSync(path.join(folder, BALLAST), "a");
  const block = Buffer.alloc(BLOCK_BYTES);
  try {
    while (statfsSync(folder).bavail > 0) writeSync(file, block);
  } catch (error) {
    const isFull = error instanceof Error && "code" in error && error.code === "ENOSPC";
    if (!isFull) throw error;
  } finally {
    closeSync(file);
  }
}
