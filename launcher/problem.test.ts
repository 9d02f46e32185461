import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { explainFailure, explainPostgres, Problem } from "./problem.mjs";

function failureOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing failed.");
}

test("a problem is told by its sentence alone", () => {
  expect(explainFailure(new Problem("No way."))).toBe("No way.");
});

test("what the operating system refuses is no defect of ours", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "fieldline-problem-"));
  const said = explainFailure(failureOf(() => readFileSync(folder)));
  rmSync(folder, { recursive: true });
  expect(said).toMatch(/^The operating system does not let Fieldline work here \(EISDIR: .*\)\.$/);
});

test("a defect is told with its place", () => {
  expect(explainFailure(new TypeError("x is not a function"))).toMatch(/defect.*problem\.test/s);
});

test("of all that PostgreSQL says about a full disk, what matters is told", () => {
  const output = `The files will be owned by user "postgres".
running bootstrap script ... 2026-11-28 05:46:55.463 UTC [28882] FATAL:  could not write to file \
"pg_wal/xlogtemp.28882": No space left on device
child process exited with exit code 1`;
  expect(explainPostgres(output)).toBe(
    'the disk is full (could not write to file "pg_wal/xlogtemp.28882": No space left on device)',
  );
});
