import { valueText } from "../../../components/values/value-text.ts";
import type { FieldValue } from "../../../server/core/values/field-value.ts";
import type { Question } from "./conflict-filter.ts";
import type { Choice } from "./use-decisions.ts";

const SHOWN_CHARACTERS = 40;

/**
 * What was decided, for the list of notices.
 *
 * => "Name of Rope 1: took Shop’s “Rope 1, blue”"
 */
export function decisionWords(
  question: Pick<Question, "title" | "candidates" | "base">,
  choice: Choice,
  names: { readonly field: string | null; readonly who: (from: string) => string },
): string {
  const title = short(question.title);
  if (choice.kind === "keep") return `${title}: kept`;
  if (choice.kind === "delete") return `${title}: deleted everywhere`;
  const place = `${names.field ?? "Record"} of ${title}`;
  if (choice.kind === "value") return `${place}: set to “${short(choice.value)}”`;
  if (choice.kind === "hub") return `${place}: kept the last agreed value`;
  const taken = question.candidates.find(({ from }) => from === choice.from)?.value;
  return `${place}: took ${names.who(choice.from)}’s “${short(taken ?? null)}”`;
}

function short(value: FieldValue): string {
  const text = valueText(value);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
