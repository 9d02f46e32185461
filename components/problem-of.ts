import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "../server/api/root.ts";

/** Why a call did not work, for people and for code. */
export type ProblemText = {
  /** Whole sentences: what happened, what to do, what is safe. */
  readonly message: string;
  /** What a screen may know how to help with: "role", "taken", "moved", "offline" … */
  readonly kind: string;
  /** Sentences by input field: { "settings.host": "…" }. */
  readonly fields: Readonly<Record<string, string>>;
  /** What the server's log calls it, for faults of ours. */
  readonly reference: string | null;
};

/** Reads the error of a query or a mutation. */
export function problemOf(error: unknown): ProblemText {
  if (isAnswered(error)) {
    const { kind, fields, reference } = error.data;
    return { message: error.message, kind, fields, reference };
  }
  return {
    message:
      "The server does not answer. Nothing was changed. It is tried again when you press the " +
      "button, and by itself when the connection is back.",
    kind: "offline",
    fields: {},
    reference: null,
  };
}

type Answered = TRPCClientError<AppRouter> & {
  data: NonNullable<TRPCClientError<AppRouter>["data"]>;
};

/** The server answered, with a refusal; otherwise it was not reached. */
function isAnswered(error: unknown): error is Answered {
  return error instanceof TRPCClientError && error.data !== undefined && error.data !== null;
}
