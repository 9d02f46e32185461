import { parseArgs } from "node:util";
import { checkProtections } from "./check-protections.ts";
import { without } from "./without.ts";

/**
 * `npm run simulate -- --seed 42 [--seeds 1000 | --for 10m] [--keep] [--verbose]`: plays seeds and
 * tells what failed, in its smallest form. `--twice` plays each twice and compares, `--table`
 * prints what went wrong beside what was checked, `--scoped` gives every seed a scope.
 * `--scene NAME` plays a world of its own instead of a theme.
 * `--without NAME` plays without a protection of the engine's; `--protections` takes away one
 * after the other, and tells which seed noticed.
 * `--windows` measures what is not promised (docs/not-promised.md).
 * `--asked` plays drawn schedules between systems without a log instead, `--awkward` such of rules
 * and habits that no theme has.
 * `--world FILE` plays a world that others have written, and prints JSON; `--judge` tells what is
 * wrong with it instead.
 */
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    for: { type: "string" },
    theme: { type: "string" },
    scene: { type: "string" },
    verbose: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    twice: { type: "boolean", default: false },
    whole: { type: "boolean", default: false },
    table: { type: "boolean", default: false },
    systems: { type: "string" },
    steps: { type: "string" },
    calm: { type: "string" },
    without: { type: "string" },
    protections: { type: "boolean", default: false },
    only: { type: "string" },
    world: { type: "string" },
    scoped: { type: "boolean" },
    asked: { type: "boolean", default: false },
    awkward: { type: "boolean", default: false },
    judge: { type: "boolean", default: false },
    windows: { type: "boolean", default: false },
  },
});
if (values.without !== undefined) without(values.without);
// Not at the top: a protection is taken away from what is loaded after it.
const { playSeeds } = await import("./play-seeds.ts");
const { THEME_NAMES } = await import("./themes.ts");
const { playScene, SCENE_NAMES } = await import("./scenes.ts");
const { tellWorld } = await import("./tell-world.ts");
const { onOwnDatabase } = await import("./own-database.ts");
const { measureLeaseAge } = await import("./windows/lease-age.ts");
const { measureWindows } = await import("./windows/measure-windows.ts");
const { judgeWorld, playDrawn } = await import("./drawn/play-drawn.ts");
const { durationMs, listOf, numbersOf } = await import("./arguments.ts");
const theme = THEME_NAMES.find((name) => name === values.theme);
if (values.theme !== undefined && theme === undefined) {
  throw new Error(`There is no theme "${values.theme}". There are: ${THEME_NAMES.join(", ")}.`);
}
const first = Number(values.seed);
const count = Number(values.seeds);
const { verbose, keep, twice, table, scoped } = values;

function sceneOf(wanted: string) {
  const scene = SCENE_NAMES.find((name) => name === wanted);
  if (scene !== undefined) return scene;
  throw new Error(`There is no scene "${wanted}". There are: ${SCENE_NAMES.join(", ")}.`);
}

async function tellWindows(url: string): Promise<number> {
  const lines = [...(await measureWindows(url)), "", await measureLeaseAge(url)];
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

async function play(): Promise<number> {
  if (values.scene !== undefined) return await playScene(sceneOf(values.scene), first, count);
  if (values.windows) return await onOwnDatabase(tellWindows);
  const { world } = values;
  if (world !== undefined && values.judge) {
    return await onOwnDatabase((url) => judgeWorld(url, world));
  }
  if (world !== undefined) return await tellWorld(world);
  if (values.protections) return await checkProtections(first, count, listOf(values.only));
  const forMs = values.for === undefined ? null : durationMs(values.for);
  const shrinks = !values.whole && !keep;
  if (values.asked || values.awkward) {
    const kind = values.awkward ? "awkward" : "asked";
    const how = { first, count, forMs, keep, shrinks };
    return await onOwnDatabase((url) => playDrawn(url, kind, how));
  }
  return await playSeeds({
    ...{ first, count, theme, scoped, verbose, keep, twice, table, forMs, shrinks },
    part: {
      ...(values.systems === undefined ? {} : { systems: listOf(values.systems) ?? [] }),
      ...(values.steps === undefined ? {} : { steps: numbersOf(values.steps) }),
      ...(values.calm === undefined ? {} : { calm: numbersOf(values.calm) }),
    },
  });
}

if ((await play()) > 0) process.exitCode = 1;
