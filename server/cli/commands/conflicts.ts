import type { Command } from "commander";
import { z } from "zod";
import type { Choice } from "../../core/reconcile/answer.ts";
import { formatValue, quoteValue } from "../../core/values/format-value.ts";
import { resolveConflict } from "../../engine/acts/resolve-conflict.ts";
import { undoResolution } from "../../engine/acts/undo-resolution.ts";
import { findConflict } from "../../storage/conflicts.ts";
import {
  isUuid,
  listOpenConflicts,
  type OpenConflict,
} from "../../storage/screens/command-line.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner, wholeNumber } from "../define.ts";
import { enteredValue } from "../entered-value.ts";
import { CliProblem, EXIT, unknown } from "../exit-code.ts";

const SHOWN_MAX = 50;

export function addConflictCommands(program: Command, run: Runner): void {
  define(program, run, {
    usage: "conflicts",
    summary: "list the open questions, oldest first",
    describe: (command) =>
      command
        .option("--entity <id>", "only of this entity")
        .option("--limit <count>", "how many at most", wholeNumber, SHOWN_MAX),
    options: z.object({ entity: z.string().optional(), limit: z.number() }),
    async act({ hub }, _words, { entity, limit }) {
      const of = { entity: entity ?? null, countMax: limit };
      const list = await listOpenConflicts(hub.sql, of);
      const lines = list.flatMap(conflictLines);
      return { data: list, lines: lines.length === 0 ? ["No question is open."] : lines };
    },
  });
  define(program, run, {
    usage: "resolve <conflict>",
    summary: "answer an open question; refused when a value has moved since you saw it",
    describe: (command) =>
      command
        .requiredOption("--revision <number>", "the question as you saw it", wholeNumber)
        .option("--take <system>", "take that system's value")
        .option("--keep", "keep the hub's value")
        .option("--value <text>", "set this value")
        .option("--clear", "set no value")
        .option("--delete", "for a question about a delete: delete")
        .option("--note <text>", "why"),
    options: z.object({
      revision: z.number(),
      take: z.string().optional(),
      keep: z.boolean().default(false),
      value: z.string().optional(),
      clear: z.boolean().default(false),
      delete: z.boolean().default(false),
      note: z.string().optional(),
    }),
    act: (cli, [conflict = ""], options) => resolve(cli, conflict, options),
  });
  define(program, run, {
    usage: "undo <conflict>",
    summary: "take an answer back, while the value that it set still stands",
    options: z.object({}),
    act: (cli, [conflict = ""]) => undo(cli, conflict),
  });
}

function conflictLines(conflict: OpenConflict): string[] {
  const { id, revision, entity, record, field, reason, base, candidates } = conflict;
  const what = field === null ? conflict.kind : field;
  return [
    `${id}  revision ${revision}  ${entity} ${record}  ${what}  (${reason})`,
    ...(base.value === undefined ? [] : [`    last agreed  ${quoteValue(base.value)}`]),
    ...candidates.map(({ from, value, at, writtenOver }) => {
      const when = at === null ? "" : `  ${at}`;
      const past = writtenOver === true ? "  written over since" : "";
      return `    ${from.replace(/^system:/, "")}  ${quoteValue(value)}${when}${past}`;
    }),
  ];
}

type ResolveOptions = {
  revision: number;
  take?: string | undefined;
  keep: boolean;
  value?: string | undefined;
  clear: boolean;
  delete: boolean;
  note?: string | undefined;
};

async function resolve(cli: CliContext, id: string, options: ResolveOptions): Promise<Answer> {
  const found = isUuid(id) ? await findConflict(cli.hub.sql, id) : null;
  if (found === null) throw unknown("conflict", id);
  const { kind, entity, field } = found.conflict;
  const choice = await choiceOf(cli, options, { isDelete: kind === "delete", entity, field });
  const { revision, note } = options;
  const outcome = await resolveConflict(cli, { conflict: id, revision, choice, note });
  switch (outcome.kind) {
    case "resolved": {
      const value = outcome.value === undefined ? "" : `: ${formatValue(outcome.value)}`;
      return { data: outcome, lines: [`Decided${value}.`] };
    }
    case "moved":
      throw new CliProblem(
        EXIT.moved,
        [
          `A value has moved since revision ${revision}. This is the question now:`,
          ...conflictLines({ ...outcome.conflict, base: baseOf(outcome.conflict) }),
          "Nothing was decided.",
        ].join("\n"),
        outcome,
      );
    case "settled":
      throw new CliProblem(
        EXIT.moved,
        `It was settled before${outcome.by === null ? "" : ` by ${outcome.by}`}. Nothing was done.`,
        outcome,
      );
    case "invalid":
      throw new CliProblem(EXIT.usage, `${outcome.message} Nothing was decided.`, outcome);
    default:
      throw unknown("conflict", id);
  }
}

function baseOf(conflict: { readonly base?: OpenConflict["base"]["value"] }): OpenConflict["base"] {
  return conflict.base === undefined ? {} : { value: conflict.base };
}

async function choiceOf(
  cli: CliContext,
  options: ResolveOptions,
  of: { readonly isDelete: boolean; readonly entity: string; readonly field: string | null },
): Promise<Choice> {
  const { take, keep, value, clear } = options;
  const given = [take !== undefined, keep, value !== undefined, clear, options.delete];
  if (given.filter((one) => one).length !== 1) {
    const message = "Say one of --take <system>, --keep, --value <text>, --clear, --delete.";
    throw new CliProblem(EXIT.usage, message);
  }
  if (take !== undefined) return { kind: "candidate", from: `system:${take}` };
  if (options.delete) return { kind: "delete" };
  if (keep) return of.isDelete ? { kind: "keep" } : { kind: "hub" };
  if (value === undefined) return { kind: "value", value: null };
  return { kind: "value", value: await enteredValue(cli, of, value) };
}

async function undo(cli: CliContext, id: string): Promise<Answer> {
  if (!isUuid(id)) throw unknown("conflict", id);
  const outcome = await undoResolution(cli, { conflict: id });
  switch (outcome.kind) {
    case "reopened":
      return { data: outcome, lines: ["The question is open again."] };
    case "moved":
      throw new CliProblem(EXIT.moved, `${outcome.message} Nothing was done.`, outcome);
    case "not-answered":
      throw new CliProblem(EXIT.usage, "No person has answered it: nothing to take back.");
    default:
      throw unknown("conflict", id);
  }
}
