import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** House rules that no linter knows. */

const ROOT = path.resolve(import.meta.dirname, "..");
const ROOMS = ["app", "components", "server", "db", "e2e", "bench", "accept", "launcher"];
const DOCUMENTS = ["docs", ".ci", "public"];
/** For comments: the formatter wraps code as far as it can, and comments not at all. */
const COLUMNS_MAX = 100;
const COMMENT = /^\s*(\/\/|\/?\*)(?!.*biome-ignore)/;

/** Put together here, so that this file does not break its own rules. */
const REMINDERS = ["TO" + "DO", "FIX" + "ME", "HA" + "CK"];
// Patterns of dates write the offset as three of these letters; a comment has no use for them.
const REMINDER = new RegExp(`\\b(${REMINDERS.join("|")})\\b|(//|\\*).*\\b${"XX" + "X"}\\b`);
const PLACES = ["wo" + "rk/", "fa" + "rm/", "ro" + "ot/", "ho" + "me/[a-z]", "tmp/br" + "ief"];
const WORKPLACE = new RegExp(`(?<![\\w.~-])/(${PLACES.join("|")})`);
const SWITCHED_OFF = new RegExp(
  `\\b(describe|it|test)\\.(on${"ly"}|sk${"ip"}|to${"do"}|fix${"me"})\\b`,
);

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** The files below a folder that a person wrote, as paths from the root. */
function listFiles(folder: string): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/\.(png|jpe?g|ico|woff2?|gif|webp)$/.test(file));
}

/** The names of the files that lie in a folder, without those below it. */
function listNames(folder: string, kind: "files" | "folders"): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() === (kind === "folders"))
    .map((entry) => entry.name);
}

/** Places that match, as "file:line". */
function findLines(files: string[], isWrong: (line: string) => boolean): string[] {
  return files.flatMap((file) =>
    read(file)
      .split("\n")
      .flatMap((line, index) => (isWrong(line) ? [`${file}:${index + 1}`] : [])),
  );
}

const sources = ROOMS.flatMap(listFiles).filter((file) => /\.(tsx?|mjs|css)$/.test(file));
const generated = [".git", "package-lock.json", "next-env.d.ts", "tsconfig.tsbuildinfo"];
const written = [
  ...ROOMS.flatMap(listFiles),
  ...DOCUMENTS.flatMap(listFiles),
  ...listNames(".", "files").filter((file) => !generated.includes(file)),
];

describe("the house is tidy", () => {
  test("no reminders are left in the code", () => {
    expect(findLines(sources, (line) => REMINDER.test(line))).toEqual([]);
  });

  test(`no comment is longer than ${COLUMNS_MAX} columns`, () => {
    const isLong = (line: string) => COMMENT.test(line) && [...line].length > COLUMNS_MAX;
    expect(findLines(sources, isLong)).toEqual([]);
  });

  test("no file names a place on somebody's machine", () => {
    expect(findLines(written, (line) => WORKPLACE.test(line))).toEqual([]);
  });

  test("no test is switched off", () => {
    const tests = sources.filter((file) => /\.(test|spec|suite)\.tsx?$/.test(file));
    expect(findLines(tests, (line) => SWITCHED_OFF.test(line))).toEqual([]);
  });

  test("the lock file names no registry", () => {
    expect(read("package-lock.json")).not.toMatch(/"resolved"|https?:\/\/registry/);
  });
});

describe("what exists has its place", () => {
  test("every connector is in the registry", () => {
    const registry = read("server/connectors/registry.ts");
    // The memory connector is the simulator's own; nobody connects to it.
    const folders = listNames("server/connectors", "folders").filter((name) => name !== "memory");
    expect(folders.filter((name) => !registry.includes(`"./${name}/`))).toEqual([]);
  });

  test("every transform is in the registry and called like its file", () => {
    const folder = "server/core/transforms";
    const registry = read(`${folder}/registry.ts`);
    const wrong = listNames(folder, "files").filter((name) => {
      const [, id] = /^export const \w+ = defineTransform\({\s*id: "([^"]+)"/m.exec(
        read(`${folder}/${name}`),
      ) ?? [null, undefined];
      if (id === undefined) return false;
      return `${id}.ts` !== name || !registry.includes(`from "./${name}"`);
    });
    expect(wrong).toEqual([]);
  });

  test("every room of the door rules stands in ARCHITECTURE.md", () => {
    const rooms = [...read(".dependency-cruiser.cjs").matchAll(/^ {2}\w+: "\^([^"]+)\/"/gm)];
    expect(rooms.length).toBeGreaterThan(10);
    const document = "ARCHITECTURE.md";
    const text = existsSync(path.join(ROOT, document)) ? read(document) : undefined;
    const folders = rooms.map((match) => match[1] ?? "");
    expect(folders.filter((folder) => text?.includes(folder) === false)).toEqual([]);
  });
});
