import { Command, CommanderError } from "commander";
import { FailureError } from "../core/run/failure.ts";
import type { Answer, CliContext } from "./cli-context.ts";
import { addApprovals } from "./commands/approvals.ts";
import { addConflictCommands } from "./commands/conflicts.ts";
import { addHistoryCommands } from "./commands/history.ts";
import { addLinkCommands } from "./commands/links.ts";
import { addMapFileCommands } from "./commands/map-file.ts";
import { addMergeCommands } from "./commands/merges.ts";
import { addPreviewCommand } from "./commands/preview.ts";
import { addQuarantineCommands } from "./commands/quarantine.ts";
import { addSimulateCommand } from "./commands/simulate.ts";
import { addStatusCommands } from "./commands/status.ts";
import { addSystemCommands } from "./commands/systems.ts";
import { addVerifyCommands } from "./commands/verify.ts";
import { addVersionCommands } from "./commands/versions.ts";
import type { Runner } from "./define.ts";
import { CliProblem, EXIT, EXIT_HELP } from "./exit-code.ts";

/** Where a command's words go: answers to one side, everything else to the other. */
export type Terminal = {
  out(text: string): void;
  err(text: string): void;
};

/**
 * Carries out one command line.
 * @param words without the program's name
 * @param open makes what commands work with; called once the words are understood
 * @returns the exit code
 */
export async function runCli(
  words: readonly string[],
  terminal: Terminal,
  open: (person: string | null) => Promise<CliContext>,
): Promise<number> {
  let exit: number = EXIT.ok;
  const run: Runner = async (options, act) => {
    exit = await carryOut(terminal, options.json === true, () => act(() => open(asOf(words))));
  };
  // What is wrong with the words comes in pieces, and is one JSON value like every other problem.
  const wrong: string[] = [];
  const hear = { out: terminal.out, err: (text: string) => void wrong.push(text) };
  const program = makeProgram(words.includes("--json") ? hear : terminal, run);
  try {
    await program.parseAsync([...words], { from: "user" });
    return exit;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (wrong.length > 0) tellJson(terminal, wrong.join("").trim(), null);
    // Help that somebody asked for is an answer; help that is shown instead of one is not.
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
}

function makeProgram(terminal: Terminal, run: Runner): Command {
  const program = new Command("fieldline")
    .description("Keeps records in agreement between systems, field by field.")
    .addHelpText("after", EXIT_HELP)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text),
    })
    .showSuggestionAfterError()
    .showHelpAfterError("(fieldline --help lists the commands)");
  for (const add of [
    addMapFileCommands,
    addVersionCommands,
    addPreviewCommand,
    addStatusCommands,
    addVerifyCommands,
    addConflictCommands,
    addQuarantineCommands,
    addApprovals,
    addLinkCommands,
    addMergeCommands,
    addHistoryCommands,
    addSystemCommands,
    addSimulateCommand,
  ]) {
    add(program, run);
  }
  return program;
}

/** Read from the words themselves: it is known before the command is. */
function asOf(words: readonly string[]): string | null {
  const at = words.indexOf("--as");
  return at < 0 ? null : (words[at + 1] ?? null);
}

async function carryOut(
  terminal: Terminal,
  isJson: boolean,
  act: () => Promise<Answer>,
): Promise<number> {
  try {
    const { data, lines, exit } = await act();
    if (isJson) terminal.out(`${JSON.stringify(data, null, 2)}\n`);
    else if (lines.length > 0) terminal.out(`${lines.join("\n")}\n`);
    return exit ?? EXIT.ok;
  } catch (error) {
    const problem = asProblem(error);
    if (problem === null) throw error;
    const { message, detail, exit } = problem;
    if (isJson) tellJson(terminal, message, detail);
    else terminal.err(`${message}\n`);
    return exit;
  }
}

function tellJson(terminal: Terminal, message: string, detail: unknown): void {
  terminal.err(`${JSON.stringify({ error: { message, detail } }, null, 2)}\n`);
}

/** What somebody can act on; null for a bug of ours. */
function asProblem(error: unknown): CliProblem | null {
  if (error instanceof CliProblem) return error;
  if (error instanceof FailureError) return new CliProblem(EXIT.failure, error.failure.detail);
  return null;
}
