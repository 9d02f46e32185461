import type { Command } from "commander";
import { z } from "zod";
import { diffMaps } from "../../core/map/diff.ts";
import { describeStep } from "../../core/transforms/registry.ts";
import { type PublishOutcome, publishDraft, rollBack } from "../../engine/acts/publish.ts";
import { listVersions } from "../../storage/maps.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner, wholeNumber } from "../define.ts";
import { CliProblem, EXIT, unknown } from "../exit-code.ts";
import { readSide } from "../map-side.ts";
import { diffLines, problemLines } from "../map-words.ts";
import { count, table } from "../table.ts";

const VERSIONS_SHOWN_MAX = 200;

export function addVersionCommands(program: Command, run: Runner): void {
  define(program, run, {
    usage: "publish",
    summary: "make the draft the live version",
    describe: (command) =>
      command
        .option("--note <text>", "what this version is for", "")
        .option("--revision <number>", "the draft as you saw it", wholeNumber)
        .option("--accept-warnings", "publish in spite of warnings"),
    options: z.object({
      note: z.string(),
      revision: z.int().optional(),
      acceptWarnings: z.boolean().default(false),
    }),
    async act(cli, _words, { note, revision, acceptWarnings }) {
      const acknowledged = acceptWarnings ? "all" : [];
      const act = { note, revision: revision ?? null, acknowledged } as const;
      return publishedAnswer(await publishDraft(cli, act), "The draft");
    },
  });
  define(program, run, {
    usage: "roll-back <version>",
    summary: "publish the rules of an earlier version again",
    describe: (command) =>
      command
        .option("--note <text>", "why", "")
        .option("--accept-warnings", "publish in spite of warnings"),
    options: z.object({ note: z.string(), acceptWarnings: z.boolean().default(false) }),
    async act(cli, [version = ""], { note, acceptWarnings }) {
      const number = Number(version.replace(/^v/, ""));
      if (!Number.isSafeInteger(number)) throw unknown("version", version);
      const acknowledged = acceptWarnings ? "all" : [];
      const outcome = await rollBack(cli, { number, note, acknowledged });
      if (outcome.kind === "unknown") throw unknown("version", version);
      return publishedAnswer(outcome, `Version ${number}`);
    },
  });
  define(program, run, {
    usage: "versions",
    summary: "list the published versions, newest first",
    options: z.object({}),
    act: (cli) => versions(cli),
  });
  define(program, run, {
    usage: "diff <from> <to>",
    summary: 'what changed between two versions (numbers, "live", "draft")',
    describe: (command) => command.option("--context", "show what stayed the same too"),
    options: z.object({ context: z.boolean().default(false) }),
    act: (cli, [from = "live", to = "draft"], options) => difference(cli, from, to, options),
  });
}

function publishedAnswer(outcome: PublishOutcome, subject: string): Answer {
  switch (outcome.kind) {
    case "published": {
      const { version, diff, changed } = outcome;
      const bindings = changed.map(({ binding, change }) => `${binding} ${change}`);
      const rows = bindings.length === 0 ? [] : [`Its rows: ${bindings.join(", ")}.`];
      const head = `Version ${version} is live: ${count(diff.changed, "change")}.`;
      return { data: outcome, lines: [...problemLines(outcome.warnings), head, ...rows] };
    }
    case "unchanged":
      return { data: outcome, lines: [`${subject} says what version ${outcome.version} says.`] };
    case "problems": {
      const lines = [...problemLines(outcome.problems), "Nothing was published."];
      throw new CliProblem(EXIT.usage, lines.join("\n"), outcome.problems);
    }
    case "moved":
      throw new CliProblem(EXIT.moved, outcome.message, outcome);
    default:
      throw unknown("version", subject);
  }
}

async function versions({ hub }: CliContext): Promise<Answer> {
  const list = await listVersions(hub.sql, { countMax: VERSIONS_SHOWN_MAX });
  const lines = table(
    list.map(({ number, publishedAt, author, note, restores }) => [
      String(number),
      publishedAt.slice(0, 19).replace("T", " "),
      author,
      restores === null ? note : `${note} (rules of version ${restores})`,
    ]),
  );
  return { data: list, lines: lines.length === 0 ? ["Nothing is published yet."] : lines };
}

async function difference(
  cli: CliContext,
  from: string,
  to: string,
  options: { context: boolean },
): Promise<Answer> {
  const [before, after] = [await readSide(cli, from), await readSide(cli, to)];
  const diff = diffMaps(before.document, after.document, {
    ...{ context: options.context, stepWords: describeStep },
  });
  if (diff.changed === 0) {
    const same = `Nothing changed between ${before.title} and ${after.title}.`;
    return { data: diff, lines: [same, ...diffLines(diff)] };
  }
  const hidden = options.context ? [] : [`${count(diff.unchanged, "unchanged rule")} hidden`];
  return { data: diff, lines: [...diffLines(diff), ...hidden] };
}
