import { describe, expect, test } from "vitest";
import { EnvironmentProblem, readEnvironment, requireVariable } from "./env.ts";

describe("the environment", () => {
  test("is fine when nothing is set", () => {
    expect(readEnvironment({})).toEqual({
      FIELDLINE_LOG_LEVEL: "info",
      FIELDLINE_LOG_FORMAT: "json",
    });
  });

  test("takes an empty variable as not set", () => {
    const environment = readEnvironment({ DATABASE_URL: "", FIELDLINE_LOG_LEVEL: "" });
    expect(environment.DATABASE_URL).toBeUndefined();
    expect(environment.FIELDLINE_LOG_LEVEL).toBe("info");
  });

  test.each([
    ["DATABASE_URL", "mysql://somewhere"],
    ["FIELDLINE_SECRET", "too-short"],
    ["FIELDLINE_URL", "not an address"],
    ["FIELDLINE_LOG_LEVEL", "loud"],
  ])("names %s when it is malformed, and does not repeat its value", (name, value) => {
    const read = () => readEnvironment({ [name]: value });
    expect(read).toThrow(EnvironmentProblem);
    expect(read).toThrow(name);
    expect(read).not.toThrow(value);
  });

  test("names a variable that is required and missing", () => {
    expect(() => requireVariable("DATABASE_URL", readEnvironment({}))).toThrow("DATABASE_URL");
    const url = "postgres://localhost/hub";
    expect(requireVariable("DATABASE_URL", readEnvironment({ DATABASE_URL: url }))).toBe(url);
  });
});
