import { spawn } from "node:child_process";
import { once } from "node:events";
import { setup } from "../../testing/postgres.setup.ts";
import { PROTECTIONS, type Protection } from "./protections.ts";

const WORLDS = new URL("../../../docs/worlds", import.meta.url).pathname;
const MAIN = new URL("./main.ts", import.meta.url).pathname;
/** Nobody has noticed by then: a protection whose removal is as hard to see as that is unproven. */
const RUN_MS_MAX = 300_000;

/**
 * Takes one protection away after the other, and looks for the first seed that notices: one that
 * fails without it, and passes with it. Prints a table.
 * @param only the names of those to take away; without it all of them
 * @returns how many nobody noticed
 */
export async function checkProtections(
  first: number,
  count: number,
  only: readonly string[] | undefined,
): Promise<number> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print("| without | what it is against | noticed by | what was wrong |\n|---|---|---|---|");
  let unproven = 0;
  const some = PROTECTIONS.filter(({ name }) => only?.includes(name) !== false);
  // One for all of them: the runs find it by the environment.
  const stop = await setup();
  try {
    for (const protection of some) {
      const { name, against } = protection;
      const noticed = await firstToNotice(protection, first, count);
      if (noticed.seed === null) unproven += 1;
      const by = noticed.seed ?? `none of ${count} seeds`;
      print(`| ${name} | ${against} | ${by} | ${noticed.problem} |`);
    }
  } finally {
    await stop();
  }
  print(`${some.length - unproven} of ${some.length} protections are proven.`);
  return unproven;
}

type Noticed = { readonly seed: string | null; readonly problem: string };

async function firstToNotice(
  protection: Protection,
  first: number,
  count: number,
): Promise<Noticed> {
  const until = performance.now() + RUN_MS_MAX;
  const known = protection.seed === undefined ? [] : [{ from: protection.seed, count: 1 }];
  const left = [...known, { from: first, count }];
  for (let range = left.shift(); range !== undefined; range = left.shift()) {
    const failed = await firstToFail(protection, range, { without: protection.name, until });
    if (failed === null) continue;
    // What fails with everything in place says nothing of what was taken away.
    const own = { from: failed.seed, count: 1 };
    const isOwn = (await firstToFail(protection, own, { without: null, until })) !== null;
    const { seed, where, problem } = failed;
    if (!isOwn) return { seed: `seed ${seed} (${where})`, problem };
    const after = { from: seed + 1, count: range.from + range.count - seed - 1 };
    if (after.count > 0) left.unshift(after);
  }
  return { seed: null, problem: "" };
}

type Seeds = { readonly from: number; readonly count: number };
type Failed = { readonly seed: number; readonly where: string; readonly problem: string };

/** What shows the protection at work: a theme, a scene, a world, or drawn schedules. */
function stageOf({ theme, scene, drawn, world }: Protection): string[] {
  if (scene !== undefined) return ["--scene", scene];
  if (world !== undefined) return ["--judge", "--world", `${WORLDS}/${world}`];
  return [...optional("--theme", theme), ...(drawn === undefined ? [] : [`--${drawn}`])];
}

/** The first of these seeds that fails; null where the time is up before. */
async function firstToFail(
  protection: Protection,
  { from, count }: Seeds,
  { without, until }: { readonly without: string | null; readonly until: number },
): Promise<Failed | null> {
  const seeds = ["--whole", "--seed", String(from), "--seeds", String(count)];
  const taken = optional("--without", without ?? undefined);
  const args = [MAIN, ...seeds, ...taken, ...stageOf(protection)];
  const played = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  for (const stream of [played.stdout, played.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      told = (told + text).slice(-100_000);
    });
  }
  const leftMs = Math.max(until - performance.now(), 1_000);
  const timer = setTimeout(() => played.kill("SIGTERM"), leftMs);
  const [code] = (await once(played, "close")) as [number | null];
  clearTimeout(timer);
  if (code === 0 || code === null) return null;
  const failed = /Seed (\d+) \(([\w-]+)\) failed:\n {2}(.*)/.exec(told);
  if (failed === null) throw new Error(`The seeds ended with ${code}: ${told.slice(-2_000)}`);
  const [, seed, where = "", problem = ""] = failed;
  return { seed: Number(seed), where, problem };
}

const optional = (name: string, value: string | undefined): string[] =>
  value === undefined ? [] : [name, value];
