import type { Outputs } from "../../../server/api/root.ts";
import type { Binding } from "../../../server/core/map/document.ts";
import { oneEach } from "../../../server/core/suggest/assign.ts";
import { POSSIBLE } from "./score-words.ts";
import type { RowAsk } from "./target.ts";

/** What the server says of one binding. */
export type SuggestionAnswer = Outputs["maps"]["suggestions"];

/** A pair that may be taken. */
export type Candidate = SuggestionAnswer["candidates"][number] & { readonly binding: string };

/** So many of one row are shown. */
const SHOWN_MAX = 7;

/** The candidates of a row, the likeliest first; what is joined by now is not among them. */
export function candidatesOf(
  target: RowAsk,
  bindings: readonly Binding[],
  answers: ReadonlyMap<string, SuggestionAnswer>,
): Candidate[] {
  return bindings
    .flatMap((binding) => freeCandidates(binding, answers.get(binding.id)))
    .filter((one) =>
      target.kind === "field" ? one.field === target.field : one.column === target.column,
    )
    .toSorted((a, b) => b.score - a.score)
    .slice(0, SHOWN_MAX);
}

/** The pairs of a binding that do not stand in each other's way, from possible ones upwards. */
export function pairsOf(binding: Binding, answer: SuggestionAnswer | undefined): Candidate[] {
  return oneEach(freeCandidates(binding, answer)).filter(({ score }) => score >= POSSIBLE);
}

function freeCandidates(binding: Binding, answer: SuggestionAnswer | undefined): Candidate[] {
  const columns = new Set(binding.edges.flatMap((edge) => edge.columns));
  const fields = new Set(binding.edges.flatMap((edge) => edge.fields));
  return (answer?.candidates ?? [])
    .filter(({ column, field }) => !columns.has(column) && !fields.has(field))
    .map((one) => ({ ...one, binding: binding.id }));
}

/** Names a candidate among all. */
export function candidateKey(pair: Pick<Candidate, "binding" | "column" | "field">): string {
  return JSON.stringify([pair.binding, pair.column, pair.field]);
}
