import { describe, expect, test } from "vitest";
import { createLog, type LogOptions } from "./log.ts";

function openLog(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLog({
    clock: { now: () => new Date("2026-03-01T12:00:00.500Z") },
    level: "info",
    format: "json",
    write: (line) => lines.push(line),
    ...options,
  });
  return { log, lines };
}

describe("a log", () => {
  test("writes one JSON object per line, with what it was bound to", () => {
    const { log, lines } = openLog();
    log.with({ engine: "a" }).info("captured", { changes: 3, position: 7n });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        time: "2026-03-01T12:00:00.500Z",
        level: "info",
        message: "captured",
        engine: "a",
        changes: 3,
        position: "7",
      },
    ]);
  });

  test("writes a line that a person can read", () => {
    const { log, lines } = openLog({ format: "text" });
    log.warn("slow", { ms: 12, of: { part: "x" }, token: "abc", gone: undefined });
    expect(lines).toEqual(['12:00:00.500 warn  slow ms=12 of={"part":"x"} token="[secret]"']);
  });

  test("leaves out what is below its level", () => {
    const { log, lines } = openLog({ level: "warn" });
    log.debug("no");
    log.info("no");
    log.error("yes");
    expect(lines).toHaveLength(1);
  });

  test.each([
    ["a field that is named like a secret", { password: "hunter2-x" }],
    ["a nested one", { connection: { settings: { apiKey: "hunter2-x" } } }],
    ["a password in an address", { url: "postgres://me:hunter2-x@db:5432/shop" }],
    ["a known secret in a text", { note: "it was hunter2-x" }],
    ["an error that quotes one", { error: new Error("refused postgres://me:hunter2-x@db") }],
  ])("hides %s", (_what, fields) => {
    for (const format of ["json", "text"] as const) {
      const { log, lines } = openLog({ format, secrets: ["hunter2-x"] });
      log.error("failed", fields);
      expect(lines.join()).not.toContain("hunter2");
      expect(lines.join()).toContain("[secret]");
    }
  });

  test("tells an error with its cause", () => {
    const { log, lines } = openLog();
    log.error("failed", { error: new Error("outer", { cause: new TypeError("inner") }) });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      error: { name: "Error", message: "outer", cause: { name: "TypeError", message: "inner" } },
    });
  });

  test("survives a field that holds itself", () => {
    const { log, lines } = openLog();
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    const error = new Error("its own cause");
    error.cause = error;
    log.info("loop", { loop, error });
    expect(lines).toHaveLength(1);
  });
});
