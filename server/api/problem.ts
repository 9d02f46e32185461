import { TRPCError } from "@trpc/server";
import { z } from "zod";

type Code = ConstructorParameters<typeof TRPCError>[0]["code"];

type ProblemOptions = {
  code: Code;
  /** Machine-readable, for the screen that knows what to do: "stale-revision", "name-taken". */
  kind: string;
  /** What happened, why, what to do, and what is safe: whole sentences. */
  message: string;
  /** Sentences by input field, as the form names it: "settings.host". */
  fields?: Readonly<Record<string, string>>;
  cause?: unknown;
};

/** A refusal that a person can act on. Everything else that a procedure throws is a bug. */
export class Problem extends TRPCError {
  readonly kind: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(options: ProblemOptions) {
    super({ code: options.code, message: options.message, cause: options.cause });
    this.kind = options.kind;
    this.fields = options.fields ?? {};
  }
}

/**
 * The refusal for something that an address names and that is not there.
 *
 * notFound("run", "0199") => There is no run "0199". …
 */
export function notFound(noun: string, id: string): Problem {
  return new Problem({
    code: "NOT_FOUND",
    kind: "not-found",
    message: `There is no ${noun} “${id}”. It may have been removed, or the address is cut off.`,
  });
}

/**
 * An id out of an address. What cannot be an id names nothing: the reader is told that it is not
 * there, not how ids are spelled.
 */
export function idInAddress(noun: string, text: string): string {
  if (!z.uuid().safeParse(text).success) throw notFound(noun, text);
  return text;
}
