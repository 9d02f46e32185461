import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** The pages of promises beside the code name tests that exist. */
const SERVER = import.meta.dirname;
const ROOMS = ["core", "engine"];

const pages = ROOMS.flatMap((room) =>
  readdirSync(path.join(SERVER, room), { recursive: true, encoding: "utf8" })
    .filter((file) => /SPEC[\w-]*\.md$/.test(file))
    .map((file) => `${room}/${file}`),
);

type Promised = { readonly number: string; readonly heldBy: string };

/** The rows of a page's table: "| V1 | promise | held by |". */
function promisesOf(page: string): Promised[] {
  return readFileSync(path.join(SERVER, page), "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, number, heldBy] = /^\| ([A-Z]\d+) \| .* \| (.*) \|$/.exec(line) ?? [];
      return number === undefined || heldBy === undefined ? [] : [{ number, heldBy }];
    });
}

/** A file as a page names it: beside it, in its room, or from the root. */
function fileOf(page: string, name: string): string | null {
  const [room = ""] = page.split("/");
  const places = [path.dirname(page), room, "..", "engine/simulation"];
  return places.map((place) => path.join(SERVER, place, name)).find(existsSync) ?? null;
}

/** What of a row's tests is not there. */
function missingIn(page: string, { number, heldBy }: Promised): string[] {
  const named = [...heldBy.matchAll(/`([^`]+\.ts)`((?:[^`"]|"[^"]*")*)/g)];
  if (named.length === 0) return [`${page} ${number} names no test`];
  return named.flatMap(([, name = "", words = ""]) => {
    const file = fileOf(page, name);
    if (file === null) return [`${page} ${number}: there is no ${name}`];
    const source = readFileSync(file, "utf8");
    const quoted = [...words.matchAll(/"([^"]+)"/g)].map(([, text = ""]) => text);
    return quoted
      .filter((text) => !source.includes(`"${text}`))
      .map((text) => `${page} ${number}: ${name} has no test "${text}"`);
  });
}

describe("pages of promises", () => {
  test("there is one beside values, mapping, ownership, reconcile, identity and reading", () => {
    expect(pages.sort()).toEqual([
      "core/mapping/SPEC.md",
      "core/ownership/SPEC.md",
      "core/reconcile/SPEC-identity.md",
      "core/reconcile/SPEC.md",
      "core/values/SPEC.md",
      "engine/reading/SPEC.md",
    ]);
  });

  test.each(pages)("%s: every promise has a number of its own and tests that exist", (page) => {
    const promises = promisesOf(page);
    expect(promises.length).toBeGreaterThan(5);
    const numbers = promises.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(promises.flatMap((one) => missingIn(page, one))).toEqual([]);
  });
});
