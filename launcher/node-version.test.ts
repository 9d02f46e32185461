import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { refuseNode } from "./node-version.mjs";

/** What npm, npx and people call. */
const ENTRIES = ["start.mjs", "dev.mjs", "test.mjs", "fieldline.mjs"];

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}

function importsOf(source: string): string[] {
  return [...source.matchAll(/^import .*"(.+)";$/gm)].map(([, name = ""]) => name);
}

describe("an old Node.js", () => {
  test.each(["12.22.12", "18.20.8"])("%s is refused with a sentence", (version) => {
    expect(refuseNode(version)).toBe(
      `Fieldline needs Node.js 20 or newer to start, and this is ${version}.`,
    );
  });

  test.each(["20.0.0", "24.21.0"])("%s will do", (version) => {
    expect(refuseNode(version)).toBeUndefined();
  });

  test.each(ENTRIES)("%s asks for the version before anything newer is read", (name) => {
    const source = read(name);
    expect(importsOf(source)).toEqual(["./node-version.mjs"]);
    // At the top level it would be a syntax error before Node.js 14.8.
    expect(source).not.toMatch(/^await /m);
    expect(source.indexOf("requireNode(")).toBeLessThan(source.indexOf("import("));
  });

  test("the file that asks imports nothing", () => {
    expect(importsOf(read("node-version.mjs"))).toEqual([]);
  });
});
