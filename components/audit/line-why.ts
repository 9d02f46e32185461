import type { SpreadLine } from "../../server/core/audit/log-line.ts";
import { KIND_WORDS, RULE_WORDS } from "../audit-words.ts";

type Told = Pick<SpreadLine, "kind" | "rule" | "cause" | "losers">;

/**
 * What happened and why, in one clause: "Taken over: this system owns the field".
 * A person's own words, where there are some, stand behind it.
 */
export function whyWords({ kind, rule, cause }: Told): string {
  const clause = `${KIND_WORDS[kind]}: ${RULE_WORDS[rule]}`;
  return cause.detail === undefined ? clause : `${clause} (${cause.detail})`;
}

/** Where the event is found again: the source's place, its transaction, the run. */
export function originWords(line: Pick<SpreadLine, "cause" | "run" | "stream" | "number">): string {
  const { cause, stream, number } = line;
  const parts = [
    ...(cause.position == null || cause.position === "" ? [] : [`event ${cause.position}`]),
    ...(cause.transaction == null ? [] : [`transaction ${cause.transaction}`]),
    ...(cause.attempt === undefined ? [] : [`attempt ${cause.attempt}`]),
    ...(cause.command === undefined ? [] : [`command ${cause.command}`]),
    `line ${stream} ${number}`,
  ];
  return parts.join(", ");
}
