import { z } from "zod";
import type { MapDocument } from "../map/document.ts";
import type { Edit } from "../map/edits/edit.ts";

/**
 * An edge that was taken from the suggestions and that nobody has confirmed yet. It is a note
 * beside the map: no part of its meaning or of a version. It is about this column and this field:
 * an edge that leads elsewhere by now is somebody's own.
 */
export const TakenSuggestion = z.object({
  binding: z.string().max(100),
  edge: z.string().max(100),
  column: z.string().max(500),
  field: z.string().max(100),
  score: z.number().min(0).max(1),
  reason: z.string().max(2_000),
});
export type TakenSuggestion = z.infer<typeof TakenSuggestion>;

type EdgeName = Pick<TakenSuggestion, "binding" | "edge">;

/** One gesture takes or confirms at most so many suggestions. */
export const TAKEN_MAX = 1_000;

/** What a gesture says of suggestions, beside what it does to the map. */
export const SuggestionWish = z.object({
  taken: z.array(TakenSuggestion).max(TAKEN_MAX),
  confirmed: z.array(TakenSuggestion.pick({ binding: true, edge: true })).max(TAKEN_MAX),
});
export type SuggestionWish = z.infer<typeof SuggestionWish>;

/** What a gesture did to the notes. It is kept with the gesture, so that undo takes it back. */
export const NoteChange = z.object({
  added: z.array(TakenSuggestion),
  removed: z.array(TakenSuggestion),
});
export type NoteChange = z.infer<typeof NoteChange>;

/**
 * What an edit does to the notes: those that it takes are added, and those that a person confirms,
 * or whose edge a person draws anew, are gone.
 */
export function noteChange(
  notes: readonly TakenSuggestion[],
  edit: Edit,
  wish: SuggestionWish | undefined,
): NoteChange {
  const over = drawnBy(edit);
  for (const edge of wish?.confirmed ?? []) over.add(keyOf(edge));
  return {
    added: [...(wish?.taken ?? [])],
    removed: notes.filter((note) => over.has(keyOf(note))),
  };
}

/** The notes after a gesture, done or done again. */
export function withChange(
  notes: readonly TakenSuggestion[],
  { added, removed }: NoteChange,
): TakenSuggestion[] {
  const over = new Set([...removed, ...added].map(keyOf));
  return [...notes.filter((note) => !over.has(keyOf(note))), ...added];
}

/**
 * The notes after a gesture was undone.
 * @param later what was drawn after it and stands: it is no suggestion
 */
export function withoutChange(
  notes: readonly TakenSuggestion[],
  { added, removed }: NoteChange,
  later: readonly Edit[],
): TakenSuggestion[] {
  const drawn = new Set(later.flatMap((edit) => [...drawnBy(edit)]));
  const back = removed.filter((note) => !drawn.has(keyOf(note)));
  return withChange(notes, { added: back, removed: added });
}

/** The notes whose edge is in the map and still joins what was suggested. */
export function notesIn(
  { bindings }: MapDocument,
  notes: readonly TakenSuggestion[],
): TakenSuggestion[] {
  const edges = new Map(
    bindings.flatMap(({ id, edges: own }) =>
      own.map((edge) => [keyOf({ binding: id, edge: edge.id }), edge] as const),
    ),
  );
  return notes.filter((note) => {
    const edge = edges.get(keyOf(note));
    return (
      edge !== undefined && isOnly(edge.columns, note.column) && isOnly(edge.fields, note.field)
    );
  });
}

function isOnly(ends: readonly string[], end: string): boolean {
  return ends.length === 1 && ends[0] === end;
}

/** Names of the edges that an edit draws, or leads elsewhere. */
function drawnBy(edit: Edit): Set<string> {
  switch (edit.type) {
    case "batch":
      return new Set(edit.edits.flatMap((one) => [...drawnBy(one)]));
    case "connect":
      return new Set([keyOf({ binding: edit.binding, edge: edit.edge.id })]);
    case "change-edge": {
      const { columns, fields } = edit.changes;
      return new Set(columns === undefined && fields === undefined ? [] : [keyOf(edit)]);
    }
    case "add-binding": {
      const { id, edges } = edit.binding;
      return new Set(edges.map((edge) => keyOf({ binding: id, edge: edge.id })));
    }
    default:
      return new Set();
  }
}

function keyOf({ binding, edge }: EdgeName): string {
  return `${binding}/${edge}`;
}
