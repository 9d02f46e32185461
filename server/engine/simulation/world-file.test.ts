import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { readWorld, writeWorld } from "./world-file.ts";

const WORLDS = new URL("../../../docs/worlds/", import.meta.url).pathname;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fieldline-worlds-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const files = (await readdir(WORLDS)).filter((name) => name.endsWith(".yaml"));
const worlds = [];
for (const name of files) {
  const { world, map } = parse(await readFile(path.join(WORLDS, name), "utf8"));
  if (world === undefined) continue;
  worlds.push({ name, map: typeof map === "string" ? path.join(WORLDS, map) : map });
}

test.each(worlds)("$name is read as it is written", async ({ name, map }) => {
  const world = await readWorld(path.join(WORLDS, name));
  const file = path.join(folder, `${name}.json`);
  await writeFile(file, JSON.stringify({ ...writeWorld(world), map }));
  expect(await readWorld(file)).toEqual(world);
});
