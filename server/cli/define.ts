import { type Command, InvalidArgumentError } from "commander";
import type { z } from "zod";
import type { Answer, CliContext } from "./cli-context.ts";

/** One command of the command line. */
export type CommandSpec<Options extends z.ZodObject = z.ZodObject> = {
  /** Name and arguments as commander writes them: "resolve <conflict>". */
  readonly usage: string;
  readonly summary: string;
  /** Carried out when its group is named alone. */
  readonly isDefault?: boolean;
  /** Adds the options to the command; `options` below says what they are read as. */
  describe?(command: Command): Command;
  readonly options: Options;
  act(cli: CliContext, words: readonly string[], options: z.output<Options>): Promise<Answer>;
};

export type Runner = (
  options: { readonly json?: boolean },
  act: (open: () => Promise<CliContext>) => Promise<Answer>,
) => Promise<void>;

/** Adds a command to the program. Every command understands `--json`. */
export function define<Options extends z.ZodObject>(
  program: Command,
  run: Runner,
  spec: CommandSpec<Options>,
): void {
  const { isDefault = false } = spec;
  const command = program.command(spec.usage, { isDefault }).description(spec.summary);
  const described = spec.describe?.(command) ?? command;
  described
    .option("--json", "answer as one JSON value")
    .option("--as <e-mail>", "whose act this is")
    .action(async () => {
      const { json, as: _as, ...raw } = described.opts();
      const options = spec.options.parse(raw) as z.output<Options>;
      await run({ json: json === true }, async (open) =>
        spec.act(await open(), described.args, options),
      );
    });
}

/** Reads a whole number of an option. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError("It must be a whole number.");
}
