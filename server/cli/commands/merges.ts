import type { Command } from "commander";
import { z } from "zod";
import type { PlannedWrite } from "../../core/reconcile/planned-writes.ts";
import { quoteValue } from "../../core/values/format-value.ts";
import {
  type MergeChoice,
  type MergeResult,
  merge,
  previewMerge,
  previewUnmerge,
  type UnmergeResult,
  unmerge,
} from "../../engine/acts/merge.ts";
import type { Answer, CliContext } from "../cli-context.ts";
import { define, type Runner } from "../define.ts";
import { CliProblem, EXIT } from "../exit-code.ts";
import { findRecord } from "../find-record.ts";

const SOON = "Try again in a moment; nothing was done.";

export function addMergeCommands(program: Command, run: Runner): void {
  define(program, run, {
    usage: "merge <entity> <record> <other>",
    summary: "make the other record this one; it can be undone with unmerge",
    describe: (command) =>
      command
        .option("--take <field...>", "fields in which the other record's value stands")
        .option("--keep <field...>", "blank fields that stay blank")
        .option("--leave <binding...>", "where both have a row: the second one stays as it is")
        .option("--delete <binding...>", "where both have a row: the second one is deleted there")
        .option("--preview", "say what would change, and change nothing"),
    options: z.object({
      take: z.array(z.string()).default([]),
      keep: z.array(z.string()).default([]),
      leave: z.array(z.string()).default([]),
      delete: z.array(z.string()).default([]),
      preview: z.boolean().default(false),
    }),
    act: async (cli, [entity = "", name = "", other = ""], options) => {
      const winner = await findRecord(cli, entity, name);
      const loser = await findRecord(cli, entity, other);
      const values = { ...each(options.take, "loser"), ...each(options.keep, "winner") };
      const second = { ...each(options.leave, "leave"), ...each(options.delete, "delete") };
      return mergeThem(cli, { winner, loser, values, second }, options.preview);
    },
  });
  define(program, run, {
    usage: "unmerge <record>",
    summary: "part a record from the one that it was merged into: both are as they were",
    describe: (command) => command.option("--preview", "say what would change, and change nothing"),
    options: z.object({ preview: z.boolean().default(false) }),
    act: (cli, [record = ""], { preview }) => partThem(cli, record, preview),
  });
}

const each = <Word extends string>(names: readonly string[], word: Word): Record<string, Word> =>
  Object.fromEntries(names.map((name) => [name, word]));

async function mergeThem(
  cli: CliContext,
  choice: MergeChoice,
  isPreview: boolean,
): Promise<Answer> {
  const result = await (isPreview ? previewMerge : merge)(cli, choice);
  if (result.kind !== "merged") throw mergeProblem(result);
  const done = isPreview ? "would be" : "is";
  return {
    data: result,
    lines: [
      `${choice.loser} ${done} ${choice.winner}${isPreview ? "" : " now"}.`,
      ...fieldLines(result),
      ...result.rows.map(
        ({ binding, externalId, end }) =>
          `  row        ${binding} ${externalId ?? "(to be made)"}: ${ROW_WORDS[end]}`,
      ),
      ...pendingLines(result),
      ...result.writes.map(writeLine),
      ...(isPreview ? ["Nothing was changed."] : []),
    ],
  };
}

type Merged = Extract<MergeResult, { kind: "merged" }>;

const ROW_WORDS: Readonly<Record<Merged["rows"][number]["end"], string>> = {
  moves: "goes along",
  left: "stays as it is, not synchronised",
  deleted: "is deleted there",
  dropped: "is not made",
};

function fieldLines({ fields }: Merged): string[] {
  return fields.flatMap(({ field, winner, loser, stands }) => {
    if (stands === "both") return [];
    const [value, lost] = stands === "loser" ? [loser, winner] : [winner, loser];
    const against = lost === undefined ? "" : `, against ${quoteValue(lost.v)} from ${lost.by}`;
    return [`  ${field.padEnd(10)} ${quoteValue(value?.v ?? null)}${against}`];
  });
}

function pendingLines({ pending }: Merged): string[] {
  const { questions, held } = pending;
  if (questions + held === 0) return [];
  return [`  waits      ${questions} questions and ${held} held values go along`];
}

function writeLine({ system, externalId, operation, fields }: PlannedWrite): string {
  const values = fields.map(({ field, before, after }) => {
    const from = before === undefined ? "" : `${quoteValue(before)} → `;
    return `${field} ${from}${quoteValue(after)}`;
  });
  return `  in ${system}  ${operation} ${externalId ?? "a row"}: ${values.join(", ")}`.trimEnd();
}

type NotMerged = Exclude<MergeResult, Merged>;

function mergeProblem(result: NotMerged): CliProblem {
  const exit = result.kind === "busy" ? EXIT.moved : EXIT.usage;
  return new CliProblem(exit, refusalWords(result), result);
}

function refusalWords(result: NotMerged): string {
  if (result.kind === "no-record") return `There is no living record ${result.record}.`;
  if (result.kind === "asked") {
    return `${result.field} is under review. Resolve ${result.conflict} instead.`;
  }
  if (result.kind === "not-deletable") {
    return `The map does not delete rows of ${result.binding}: --leave it.`;
  }
  if (result.kind === "busy") return `A row of ${result.binding} is being made. ${SOON}`;
  if (result.kind === "undecided") {
    const places = result.rows.map(({ binding, winner, loser, choices }) => {
      const words = choices.map((one) => `--${one} ${binding}`).join(" or ");
      return `  ${binding}: ${winner} stays; for ${loser} say ${words}`;
    });
    return ["Both have a row there. Say what becomes of the second:", ...places].join("\n");
  }
  return result.kind === "same-record"
    ? "It is the same record."
    : "Only records of one entity can be merged.";
}

async function partThem(cli: CliContext, record: string, isPreview: boolean): Promise<Answer> {
  const id = z.uuid().safeParse(record);
  if (!id.success) throw new CliProblem(EXIT.usage, `${record} is no record's id.`);
  const result = await (isPreview ? previewUnmerge : unmerge)(cli, id.data);
  if (result.kind !== "unmerged") throw unmergeProblem(result);
  const done = isPreview ? "would be" : "is";
  return {
    data: result,
    lines: [
      `${record} ${done} parted from ${result.from}.`,
      ...result.fields.map(({ field, of, before, after }) => {
        const whose = of === "loser" ? record : result.from;
        const from = before === undefined ? "" : `${quoteValue(before.v)} → `;
        return `  ${field.padEnd(10)} ${from}${quoteValue(after.v)} of ${whose}`;
      }),
      ...result.writes.map(writeLine),
      ...(isPreview ? ["Nothing was changed."] : []),
    ],
  };
}

function unmergeProblem(result: Exclude<UnmergeResult, { kind: "unmerged" }>): CliProblem {
  if (result.kind === "busy") {
    return new CliProblem(EXIT.moved, `Its row is being deleted. ${SOON}`, result);
  }
  const message =
    result.kind === "not-merged"
      ? "It is not merged into another record."
      : `The other was merged into ${result.into} since. Part those two first.`;
  return new CliProblem(EXIT.usage, message, result);
}
