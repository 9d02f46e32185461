/** What a command tells the shell; documented in `fieldline --help`. */
export const EXIT = {
  ok: 0,
  /** Something outside did not work: a system, the database. Or `simulate` broke the map. */
  failure: 1,
  /** The words, the file or the map cannot be used as they are. */
  usage: 2,
  /** `verify` found a difference that nothing explains. */
  differences: 3,
  /** What the command was about is not as it was shown any more. */
  moved: 4,
  timeout: 5,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_HELP = `
Exit codes:
  0  done
  1  something failed: a system, the database; simulate found a schedule that breaks the map
  2  the words, the file or the map cannot be used as they are
  3  verify found a difference that nothing explains
  4  refused: it is not as it was shown any more
  5  out of time`;

/** A refusal that a person can act on. Everything else that a command throws is a bug of ours. */
export class CliProblem extends Error {
  override readonly name = "CliProblem";
  readonly exit: ExitCode;
  /** For `--json`. */
  readonly detail: unknown;
  constructor(exit: ExitCode, message: string, detail: unknown = null) {
    super(message);
    this.exit = exit;
    this.detail = detail;
  }
}

/**
 * The refusal for something that does not exist.
 *
 * unknown("conflict", "0199") => There is no conflict 0199.
 */
export function unknown(noun: string, id: string): CliProblem {
  return new CliProblem(EXIT.usage, `There is no ${noun} ${id}.`);
}
