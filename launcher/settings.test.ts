import { createServer } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { Problem } from "./problem.mjs";
import { readSettings, requirePort } from "./settings.mjs";

describe("settings", () => {
  test("listen on the loopback unless somebody says otherwise", () => {
    const settings = readSettings({});
    expect(settings).toMatchObject({
      host: "127.0.0.1",
      port: 4600,
      address: "http://127.0.0.1:4600",
      databaseUrl: undefined,
      engines: 1,
    });
    expect(settings.dataDir).toMatch(/\.fieldline$/);
    expect(settings.secretFile).toMatch(/\.fieldline\/secret$/);
  });

  test.each([
    [{ FIELDLINE_HOST: "0.0.0.0", FIELDLINE_PORT: "80" }, "http://localhost:80"],
    [{ FIELDLINE_HOST: "::1" }, "http://[::1]:4600"],
    [{ FIELDLINE_URL: "https://fields.example.com/" }, "https://fields.example.com"],
  ])("%o is reached at %s", (env, address) => {
    expect(readSettings(env).address).toBe(address);
  });

  test.each([
    [{ FIELDLINE_PORT: "eighty" }, "FIELDLINE_PORT"],
    [{ FIELDLINE_PORT: "65536" }, "FIELDLINE_PORT"],
    [{ FIELDLINE_ENGINES: "0" }, "FIELDLINE_ENGINES"],
    [{ FIELDLINE_URL: "fields.example.com" }, "FIELDLINE_URL"],
  ])("%o is refused by name", (env, name) => {
    expect(() => readSettings(env)).toThrow(Problem);
    expect(() => readSettings(env)).toThrow(name);
  });
});

describe("the port", () => {
  const server = createServer();
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("is named when another program holds it", async () => {
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const settings = readSettings({ FIELDLINE_PORT: String(port) });
    await expect(requirePort(settings, 0)).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
  });

  test("is no use on a host that is not this machine", async () => {
    const settings = readSettings({ FIELDLINE_HOST: "192.0.2.1" });
    await expect(requirePort(settings, 0)).rejects.toThrow("not an address of this machine");
  });
});
