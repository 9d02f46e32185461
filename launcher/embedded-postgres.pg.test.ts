import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type RunningPostgres, startPostgres } from "./embedded-postgres.mjs";
import { checkOutsidePostgres } from "./outside-postgres.mjs";
import { query } from "./query.mjs";

let dataDir = "";
const running: { stop(): Promise<void> }[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), "fieldline-embedded-"));
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  rmSync(dataDir, { recursive: true });
});

async function start() {
  const server = await startPostgres({ dataDir, settings: { shared_buffers: "16MB" } });
  running.push(server);
  return server;
}

/** Starts the server in a process of its own, which is then killed. */
async function startInDyingProcess(): Promise<void> {
  const module = new URL("embedded-postgres.mjs", import.meta.url).href;
  const script = `
    const { startPostgres } = await import(${JSON.stringify(module)});
    await startPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    process.kill(process.pid, "SIGKILL");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
  await new Promise((resolve) => child.once("exit", resolve));
}

describe("the embedded server", () => {
  test("is made for logical replication, UTF-8 and nobody outside", async () => {
    const { url } = await start();
    const [row] = await query(
      url,
      (sql) => sql`
        select current_setting('wal_level') as wal, current_setting('listen_addresses') as listens,
          current_setting('fsync') as fsync, current_setting('server_encoding') as encoding`,
    );
    expect(row).toEqual({ wal: "logical", listens: "127.0.0.1", fsync: "on", encoding: "UTF8" });
    const stranger = url.replace(/:[0-9a-f]+@/, ":guess@");
    await expect(query(stranger, (sql) => sql`select 1`)).rejects.toThrow(/password/);
  });

  test("keeps what was committed when its processes are killed", async () => {
    const server = await start();
    await query(server.url, (sql) => sql.unsafe("create table kept as select 42 as value"));
    process.kill(server.pid, "SIGKILL");
    await expect.poll(() => server.isAlive(), { timeout: 20_000 }).toBe(false);
    await server.start();
    const [row] = await query(server.url, (sql) => sql`select value from kept`);
    expect(row).toEqual({ value: 42 });
  });

  test("is taken over when only its owner was killed", async () => {
    await startInDyingProcess();
    const pidFile = path.join(dataDir, "postgres", "postmaster.pid");
    const left = Number.parseInt(readFileSync(pidFile, "utf8"), 10);
    const server = await start();
    expect(server.pid).toBe(left);
    await query(server.url, (sql) => sql`select 1`);
    await server.stop();
    expect(existsSync(pidFile)).toBe(false);
  });

  test("leaves nothing behind when it is ephemeral", async () => {
    const folder = path.join(dataDir, "ephemeral");
    const server = await startPostgres({ dataDir: folder, ephemeral: true });
    expect(existsSync(folder)).toBe(true);
    await server.stop();
    expect(existsSync(folder)).toBe(false);
    expect(server.isAlive()).toBe(false);
  });

  test("says what is wrong with a setting", async () => {
    const starting = startPostgres({ dataDir, settings: { shared_buffers: "lots" } });
    await expect(starting).rejects.toThrow(/did not start.*shared_buffers/s);
  });
});

describe("a server of the user's own", () => {
  let server: RunningPostgres | undefined;
  let url = "";
  beforeAll(async () => {
    server = await startPostgres({ ephemeral: true });
    url = server.url;
  });
  afterAll(() => server?.stop());

  test("serves as it is if everything suffices", async () => {
    expect(await checkOutsidePostgres(url)).toBeUndefined();
  });

  test("serves as the hub alone if its user may not make databases", async () => {
    await query(url, (sql) => sql.unsafe("create role modest login password 'modest'"));
    await query(url, (sql) => sql.unsafe("create database hub owner modest"));
    const modest = url.replace(/fieldline:.*@/, "modest:modest@").replace(/[^/]*$/, "hub");
    await query(url.replace(/[^/]*$/, "hub"), (sql) =>
      sql.unsafe("grant all on schema public to modest"),
    );
    expect(await checkOutsidePostgres(modest)).toMatch(/not for the sandbox/);
  });

  test("is refused when its user may not create tables", async () => {
    await query(url, (sql) => sql.unsafe("create role poor login password 'poor'"));
    const poor = url.replace(/fieldline:.*@/, "poor:poor@");
    await expect(checkOutsidePostgres(poor)).rejects.toThrow(/poor .* may not create tables/);
  });

  test("is refused when its encoding cannot hold every text", async () => {
    await query(url, (sql) =>
      sql.unsafe("create database old encoding latin1 locale 'C' template template0"),
    );
    const old = url.replace(/[^/]*$/, "old");
    await expect(checkOutsidePostgres(old)).rejects.toThrow(/LATIN1; it must be UTF8/);
  });

  test("is refused by name when it is not there, or does not know us", async () => {
    const wrong = url.replace(/:[0-9a-f]+@/, ":guess@");
    await expect(checkOutsidePostgres(wrong)).rejects.toThrow(/password authentication failed/);
    const absent = url.replace(/[^/]*$/, "absent");
    await expect(checkOutsidePostgres(absent)).rejects.toThrow(/"absent" does not exist/);
    const nowhere = "postgres://x:y@127.0.0.1:1/x";
    await expect(checkOutsidePostgres(nowhere)).rejects.toThrow(/nothing listens there/);
    const other = checkOutsidePostgres("mysql://127.0.0.1/x");
    await expect(other).rejects.toThrow(/must start with postgres:/);
  });
});
