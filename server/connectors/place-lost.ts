import { FailureError } from "../core/run/failure.ts";

/**
 * What a connector says when it cannot go on where the hub has stopped.
 *
 * @param because "log": the source has no log from there any more; "hub": the source has told the
 *   hub of more than it knows, so the hub was restored from an older state
 * @param reason a sentence
 */
export function placeLost(because: "log" | "hub", reason: string): FailureError {
  const detail = `${reason} Changes may be missing, so everything is read whole and compared.`;
  return new FailureError({ kind: "place-lost", because, detail });
}

/** The source itself went back: which of both is right only a person can say. */
export function sourceRestored(): FailureError {
  const detail =
    "The source's log ends before the place up to which the hub has read: it was restored from an " +
    "older state. Nothing is read from it and nothing is written to it. If that state is to count, " +
    "remove the system here and connect it anew: equal rows are linked again, and differences are " +
    "decided as at a first contact.";
  return new FailureError({ kind: "rejected", detail });
}
