import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { parse } from "yaml";
import { parseMapFile } from "../../core/map/file.ts";
import { durationMs } from "../../engine/simulation/arguments.ts";
import { onOwnDatabase } from "../../engine/simulation/own-database.ts";
import { playMap, type Verdict } from "../../engine/simulation/own-map/play-map.ts";
import { readSystems, writeWorld } from "../../engine/simulation/world-file.ts";
import type { Answer } from "../cli-context.ts";
import { type Runner, wholeNumber } from "../define.ts";
import { CliProblem, EXIT } from "../exit-code.ts";

type Options = {
  readonly seed: number;
  readonly seeds: number;
  readonly for?: number;
  readonly systems?: string;
  readonly json?: boolean;
};

/** The one command that needs no hub: it plays on a database of its own, and throws it away. */
export function addSimulateCommand(program: Command, run: Runner): void {
  const command = program
    .command("simulate <map>")
    .description("look for a schedule of edits, delays and crashes that breaks a map file")
    .option("--seeds <number>", "how many schedules are tried", wholeNumber, 100)
    .option("--seed <number>", "the first of them", wholeNumber, 1)
    .option("--for <time>", "try as many as there is time for: 90s, 5m", duration)
    .option("--systems <file>", "what else is known of the systems: types, keys, rows, habits")
    .option("--json", "answer as one JSON value")
    .action(async (path: string) => {
      const options = command.opts<Options>();
      await run({ json: options.json === true }, () => simulate(path, options));
    });
}

function duration(text: string): number {
  try {
    return durationMs(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

async function simulate(path: string, options: Options): Promise<Answer> {
  const parsed = parseMapFile(await textOf(path));
  if (!parsed.ok) {
    const lines = parsed.problems.map(({ line, column, message }) => {
      return `${path}:${line}:${column} ${message}`;
    });
    throw new CliProblem(EXIT.usage, lines.join("\n"), parsed.problems);
  }
  const systems = options.systems === undefined ? {} : await systemsOf(options.systems);
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const verdict = await onOwnDatabase((url) =>
    playMap(url, {
      ...{ document: parsed.file.document, systems, signal: abort.signal },
      ...{ first: options.seed, count: options.seeds, forMs: options.for ?? null },
    }),
  );
  const { found } = verdict;
  const exit = found === null ? EXIT.ok : EXIT.failure;
  const data = {
    ...verdict,
    found: found === null ? null : { ...found, world: writeWorld(found.world) },
  };
  return { data, lines: linesOf(path, verdict), exit };
}

async function textOf(path: string): Promise<string> {
  return await readFile(path, "utf8").catch((error: Error) => {
    throw new CliProblem(EXIT.usage, `${path} cannot be read: ${error.message}`);
  });
}

async function systemsOf(path: string) {
  const read = readSystems(parse(await textOf(path)));
  if (typeof read === "string") throw new CliProblem(EXIT.usage, `${path}: ${read}`);
  return read;
}

function linesOf(path: string, { schedules, found, waiting }: Verdict): string[] {
  const told = Object.entries(waiting).map(([what, times]) => {
    return `In ${times} of them a person has to look: ${what}.`;
  });
  if (found === null) {
    return [`${schedules} schedules were tried, and none of them breaks ${path}.`, ...told];
  }
  const { seed, problems, story, runs, world } = found;
  return [
    `Schedule ${seed} breaks ${path}. The smallest part of it that does (${runs} runs):`,
    "",
    ...rowLines(world),
    ...story,
    "",
    ...problems,
    "",
    `fieldline simulate ${path} --seed ${seed} --seeds 1`,
  ];
}

/** What was there before anything happened. */
function rowLines({ systems }: NonNullable<Verdict["found"]>["world"]): string[] {
  return Object.entries(systems).flatMap(([system, { objects }]) =>
    Object.entries(objects).flatMap(([object, { rows }]) =>
      rows.map((row) => `In the beginning ${system} has in ${object}: ${JSON.stringify(row)}`),
    ),
  );
}
