import { spawn } from "node:child_process";
import { once } from "node:events";
import { PROTECTIONS, type Protection } from "./protections.ts";

const WORLDS = new URL("../../../docs/worlds", import.meta.url).pathname;
const MAIN = new URL("./main.ts", import.meta.url).pathname;
/**
 * Nobody has noticed by then: every seed ends by itself, so that one which does not is slow. With
 * less than fifty protections the whole table takes four hours at most, and mostly half of one.
 */
const RUN_MS_MAX = 300_000;

/**
 * Takes one protection away after the other, and looks for the first seed that notices. Prints a
 * table.
 * @param only the names of those to take away; without it all of them
 * @returns how many nobody noticed
 */
export async function checkProtections(
  first: number,
  count: number,
  only: readonly string[] | undefined,
): Promise<number> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print(`| without | noticed by | what was wrong |\n|---|---|---|`);
  let unproven = 0;
  const some = PROTECTIONS.filter(({ name }) => only?.includes(name) !== false);
  for (const protection of some) {
    const { seed, problem } = await firstToNotice(protection, first, count);
    if (seed === null) unproven += 1;
    print(`| ${protection.name} | ${seed ?? `none of ${count} seeds`} | ${problem} |`);
  }
  print(`${some.length - unproven} of ${some.length} protections are proven.`);
  return unproven;
}

type Noticed = { readonly seed: string | null; readonly problem: string };

async function firstToNotice(
  { name, theme, asked, world }: Protection,
  first: number,
  count: number,
): Promise<Noticed> {
  const args = [
    MAIN,
    "--whole",
    "--without",
    name,
    "--seed",
    String(first),
    "--seeds",
    String(count),
    ...(theme === undefined ? [] : ["--theme", theme]),
    ...(asked === true ? ["--asked"] : []),
    ...(world === undefined ? [] : ["--judge", "--world", `${WORLDS}/${world}`]),
  ];
  const played = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  for (const stream of [played.stdout, played.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      told = (told + text).slice(-100_000);
    });
  }
  const timer = setTimeout(() => played.kill("SIGTERM"), RUN_MS_MAX);
  const [code] = (await once(played, "close")) as [number | null];
  clearTimeout(timer);
  if (code === 0 || code === null)
    return { seed: null, problem: theme === undefined ? "" : `(${theme})` };
  const seed = /Seed (\d+ \([\w-]+\)) failed:\n {2}(.*)/.exec(told);
  if (seed !== null) return { seed: `seed ${seed[1]}`, problem: seed[2] ?? "" };
  const error = /^.*Error: .*$/m.exec(told)?.[0].trim();
  return { seed: "an error", problem: error ?? `ended with ${code}` };
}
