import type { ApplyContext } from "../engine/acts/apply-file.ts";

/** What a command works with. */
export type CliContext = ApplyContext & {
  /** The installation's secret: 64 hexadecimal digits. */
  readonly secret: string;
  readonly databaseUrl: string;
  /** Where people reach the studio; null where nobody knows. */
  readonly address: string | null;
  /** Ends a command that waits: Ctrl-C. */
  readonly signal: AbortSignal;
  /** Reads a file of the person's, or standard input for "-". Its size is bounded. */
  readText(path: string): Promise<string>;
  writeText(path: string, text: string): Promise<void>;
  /** A line of progress, for people only. */
  tell(line: string): void;
};

/** What a command answers: for programs, for people, and for the shell. */
export type Answer = {
  readonly data: unknown;
  readonly lines: readonly string[];
  readonly exit?: number;
};
