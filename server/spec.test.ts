import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** The pages of promises beside the core name tests that exist. */
const ROOT = path.resolve(import.meta.dirname, "..");
const CORE = path.join(import.meta.dirname, "core");

const pages = readdirSync(CORE, { recursive: true, encoding: "utf8" }).filter((file) =>
  /SPEC[\w-]*\.md$/.test(file),
);

type Promised = { readonly number: string; readonly heldBy: string };

/** The rows of a page's table: "| V1 | promise | held by |". */
function promisesOf(page: string): Promised[] {
  return readFileSync(path.join(CORE, page), "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, number, heldBy] = /^\| ([A-Z]\d+) \| .* \| (.*) \|$/.exec(line) ?? [];
      return number === undefined || heldBy === undefined ? [] : [{ number, heldBy }];
    });
}

/** A file as a page names it: beside it, in the core, or from the root. */
function fileOf(page: string, name: string): string | null {
  const places = [path.join(CORE, path.dirname(page), name), path.join(CORE, name)];
  const deeper = [path.join(ROOT, name), path.join(ROOT, "server/engine/simulation", name)];
  return [...places, ...deeper].find((place) => existsSync(place)) ?? null;
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
  test("there is one beside values, mapping, ownership, reconcile and identity", () => {
    expect(pages.sort()).toEqual([
      "mapping/SPEC.md",
      "ownership/SPEC.md",
      "reconcile/SPEC-identity.md",
      "reconcile/SPEC.md",
      "values/SPEC.md",
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
