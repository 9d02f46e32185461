import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { claimPlace } from "./postgres-place.mjs";

let folder = "";
let place = "";
let first = "";
let second = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "fieldline-place-"));
  [place, first, second] = ["place", "first", "second"].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(first);
  claimPlace(place, first);
  writeFileSync(path.join(first, "postgres-place"), `${place}\n`);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a database outside its data folder", () => {
  test("is not shared with a copy of the data folder", () => {
    cpSync(first, second, { recursive: true });
    expect(() => claimPlace(place, second)).toThrow(/second is a copy of .*first/);
    expect(() => claimPlace(place, first)).not.toThrow();
  });

  test("goes with a data folder that is moved", () => {
    renameSync(first, second);
    claimPlace(place, second);
    cpSync(second, first, { recursive: true });
    expect(() => claimPlace(place, first)).toThrow(/first is a copy of .*second/);
  });

  test("knows its data folder by another name", () => {
    symlinkSync(first, second);
    expect(() => claimPlace(place, second)).not.toThrow();
  });
});
