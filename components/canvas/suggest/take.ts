import type { MapDocument } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { applyEdit } from "../../../server/core/map/edits.ts";
import { TAKEN_MAX, type TakenSuggestion } from "../../../server/core/suggest/taken.ts";
import { planConnection } from "../gestures/connect.ts";
import type { SchemaOf } from "../gestures/refers-by.ts";
import type { Candidate } from "./candidates.ts";

/** One gesture that takes suggestions. */
export type Taking = {
  readonly edit: Edit;
  /** The notes of what it takes, in order. */
  readonly taken: readonly TakenSuggestion[];
};

/**
 * The edit that draws the lines of candidates, with their steps. What is joined already is left as
 * it is, whoever drew it. Null where nothing is left to draw.
 */
export function takingOf(
  document: MapDocument,
  schemaOf: SchemaOf,
  candidates: readonly Candidate[],
): Taking | null {
  const edits: Edit[] = [];
  const taken: TakenSuggestion[] = [];
  let current = document;
  for (const candidate of candidates.slice(0, TAKEN_MAX)) {
    const drawn = drawingOf(current, schemaOf, candidate);
    const result = drawn === null ? null : applyEdit(current, drawn.edit);
    if (drawn === null || result?.ok !== true) continue;
    current = result.document;
    edits.push(drawn.edit);
    taken.push(drawn.note);
  }
  const [first] = edits;
  if (first === undefined) return null;
  if (edits.length === 1) return { edit: first, taken };
  return { edit: { type: "batch", label: `Take ${edits.length} suggestions`, edits }, taken };
}

function drawingOf(document: MapDocument, schemaOf: SchemaOf, candidate: Candidate) {
  const { binding, column, field, score, reason, step, goesBack } = candidate;
  const plan = planConnection(document, schemaOf, { binding, column, field });
  if (plan.kind !== "free" || plan.way.edit.type !== "connect") return null;
  const { edge } = plan.way.edit;
  const direction = goesBack ? edge.direction : "in";
  const edit: Edit = {
    ...plan.way.edit,
    edge: { ...edge, direction, steps: step === null ? [] : [step] },
  };
  return { edit, note: { binding, edge: edge.id, column, field, score, reason } };
}

/** The gesture by which a person stands for lines that were suggested. */
export function confirmingOf(notes: readonly TakenSuggestion[]): Edit {
  const [only, ...others] = notes;
  const what =
    only !== undefined && others.length === 0 ? only.column : `${notes.length} suggested lines`;
  return { type: "batch", label: `Confirm ${what}`, edits: [] };
}
