import type { Command } from "commander";
import { z } from "zod";
import type { MapProblem } from "../../core/map/checks/problem.ts";
import type { MapFile } from "../../core/map/file/map-file.ts";
import { writeMapFile } from "../../core/map/file.ts";
import { type ApplyOutcome, applyFile } from "../../engine/acts/apply-file.ts";
import { connectionsOf } from "../../engine/acts/map-connections.ts";
import { listSystems } from "../../storage/systems.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner } from "../define.ts";
import { CliProblem, EXIT } from "../exit-code.ts";
import { readSide } from "../map-side.ts";
import { diffLines } from "../map-words.ts";
import { readMapFile } from "../read-map-file.ts";
import { count } from "../table.ts";

export function addMapFileCommands(program: Command, run: Runner): void {
  define(program, run, {
    usage: "apply <file>",
    summary: 'make the hub what a map file says: systems, map, all of it or nothing ("-": stdin)',
    describe: (command) =>
      command
        .option("--note <text>", "what the new version is for", "")
        .option("--dry-run", "only tell what would happen")
        .option("--accept-warnings", "publish in spite of warnings"),
    options: z.object({
      note: z.string(),
      dryRun: z.boolean().default(false),
      acceptWarnings: z.boolean().default(false),
    }),
    act: (cli, [path = "-"], options) => apply(cli, path, options),
  });
  define(program, run, {
    usage: "export",
    summary: "write the map with its systems as one readable file",
    describe: (command) =>
      command
        .option("--of <version>", 'a version\'s number, "live" or "draft"', "live")
        .option("-o, --out <file>", "write it there instead of to standard output"),
    options: z.object({ of: z.string(), out: z.string().optional() }),
    act: (cli, _words, options) => exportMap(cli, options),
  });
}

type ApplyOptions = { note: string; dryRun: boolean; acceptWarnings: boolean };

async function apply(cli: CliContext, path: string, options: ApplyOptions): Promise<Answer> {
  const name = path === "-" ? "standard input" : path;
  const parsed = await readMapFile(cli, path);
  const outcome = await applyFile(cli, {
    file: parsed.file,
    note: options.note,
    acknowledged: options.acceptWarnings ? "all" : [],
    dryRun: options.dryRun,
  });
  switch (outcome.kind) {
    case "settings": {
      const lines = outcome.problems.map(({ system, setting, message }) => {
        const at = parsed.positionOfSetting(system, setting ?? undefined);
        const place = setting === null ? system : `${system} › ${setting}`;
        return `${name}:${at.line}:${at.column} ${place}: ${message}`;
      });
      throw refusal(lines, outcome.problems);
    }
    case "problems": {
      const lines = outcome.problems.map((problem) => {
        const at = parsed.positionOf(problem.place);
        return `${name}:${at.line}:${at.column} ${problem.severity}: ${problem.message}`;
      });
      throw refusal([...lines, ...warningHint(outcome.problems)], outcome.problems);
    }
    case "unreachable":
      throw unreachable(outcome.failures);
    default:
      return { data: outcome, lines: appliedLines(parsed.file, outcome) };
  }
}

function refusal(lines: readonly string[], problems: unknown): CliProblem {
  const message = [...lines, "Nothing was changed."].join("\n");
  return new CliProblem(EXIT.usage, message, problems);
}

function warningHint(problems: readonly MapProblem[]): string[] {
  const isHarmless = problems.every((problem) => problem.severity === "warning");
  return isHarmless ? ["Warnings alone: --accept-warnings publishes in spite of them."] : [];
}

function unreachable(failures: readonly { system: string; detail: string }[]): CliProblem {
  const lines = failures.map(({ system, detail }) => `${system}: ${detail}`);
  const message = [...lines, "Nothing was changed."].join("\n");
  return new CliProblem(EXIT.failure, message, failures);
}

type Done = Extract<ApplyOutcome, { kind: "applied" | "tried" }>;

function appliedLines(file: MapFile, outcome: Done): string[] {
  const nameOf = (id: string) => file.document.systems.find((one) => one.id === id)?.name ?? id;
  const verbs = { added: "set up", changed: "settings changed", same: "as before" };
  const systems = outcome.systems.map(
    ({ system, change, objects }) =>
      `${nameOf(system)}: ${verbs[change]}, ${count(objects, "object")}`,
  );
  const isSame = outcome.systems.every(({ change }) => change === "same");
  if (outcome.kind === "tried") {
    const { changed } = outcome.diff;
    const word = changed === 0 && isSame ? "Nothing would change." : "This is what would change:";
    const warnings = outcome.warnings.map((problem) => `warning: ${problem.message}`);
    return [...systems, word, ...diffLines(outcome.diff), ...warnings];
  }
  const { published } = outcome;
  if (published.kind === "unchanged") {
    return [...systems, isSame ? "Nothing changed." : `Version ${published.version} stays.`];
  }
  const warnings = published.warnings.map((problem) => `warning: ${problem.message}`);
  const what = `Version ${published.version} is live: ${count(published.diff.changed, "change")}.`;
  return [...systems, ...warnings, what];
}

async function exportMap(
  cli: CliContext,
  options: { of: string; out?: string | undefined },
): Promise<Answer> {
  const { document } = await readSide(cli, options.of);
  const systems = document.systems.map(({ id }) => id);
  const rows = await listSystems(cli.hub.sql);
  const file = { document, connections: connectionsOf(rows, systems, cli.box) };
  const text = writeMapFile(file);
  if (options.out === undefined) return { data: file, lines: [text.trimEnd()] };
  await cli.writeText(options.out, text);
  return { data: file, lines: [`Written to ${options.out}.`] };
}
