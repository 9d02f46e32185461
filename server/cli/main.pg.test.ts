import { execFile } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";

const MAIN = path.join(import.meta.dirname, "main.ts");

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Runs the command line as its own process, as the launcher does. */
function run(words: string[], env: { DATABASE_URL?: string }, input: string | Buffer = "") {
  return new Promise<{ exit: number; out: string; err: string }>((resolve) => {
    const secret = { FIELDLINE_SECRET: "ab".repeat(32), NODE_ENV: "test" as const };
    const options = { env: { ...secret, ...env }, timeout: 30_000 };
    const child = execFile(process.execPath, [MAIN, ...words], options, (error, out, err) => {
      resolve({ exit: error === null ? 0 : Number(error.code), out, err });
    });
    child.stdin?.end(input);
  });
}

test("answers go to standard output, and the process ends by itself", async () => {
  const said = await run(["status", "--json"], { DATABASE_URL: database.url });
  expect(said).toMatchObject({ exit: 0, err: "" });
  expect(JSON.parse(said.out)).toMatchObject({ idle: true, engines: 0, systems: [] });
});

test("what is exported can be applied through a pipe", async () => {
  const exported = await run(["export"], { DATABASE_URL: database.url });
  expect(exported.out).toContain("fieldline: 1");
  const applied = await run(["apply", "-"], { DATABASE_URL: database.url }, exported.out);
  expect(applied).toMatchObject({ exit: 0, out: "Nothing changed.\n" });
});

test("a file that is no UTF-8 is refused with its place", async () => {
  const latin = Buffer.from("fieldline: 1\nsystems:\n  - { id: a, name: J\xfcrgen }\n", "latin1");
  const said = await run(["apply", "-"], { DATABASE_URL: database.url }, latin);
  expect(said.exit).toBe(2);
  expect(said.err).toMatch(/^standard input:3:21 This is no UTF-8 from here on\..*\nNothing was/);
});

test.each([
  ["no database answers", { DATABASE_URL: "postgres://x@127.0.0.1:1/x" }, /ECONNREFUSED/],
  ["none is named", {}, /DATABASE_URL is not set/],
  ["the address is malformed", { DATABASE_URL: "mysql://x" }, /DATABASE_URL: must be an address/],
])("when %s, it is one sentence and exit code 1", async (_what, env, message) => {
  const said = await run(["status"], env);
  expect(said.exit).toBe(1);
  expect(said.err).toMatch(message);
  expect(said.err.trim().split("\n")).toHaveLength(1);
  expect(said.out).toBe("");
});
