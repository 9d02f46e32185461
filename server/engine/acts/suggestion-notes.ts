import type { Transaction } from "../../../db/client.ts";
import type { MapDocument } from "../../core/map/document.ts";
import type { Edit } from "../../core/map/edits/edit.ts";
import {
  type NoteChange,
  noteChange,
  notesIn,
  type SuggestionWish,
  withChange,
  withoutChange,
} from "../../core/suggest/taken.ts";
import type { DraftEdit } from "../../storage/drafts.ts";
import { readTaken, saveTaken } from "../../storage/taken-suggestions.ts";

/** Brings the notes of suggestions up to an edit. Returns what it did to them; null: nothing. */
export async function noteGesture(
  tx: Transaction,
  act: { readonly edit: Edit; readonly suggestions?: SuggestionWish | undefined },
): Promise<NoteChange | null> {
  const before = await readTaken(tx);
  const change = noteChange(before, act.edit, act.suggestions);
  if (change.added.length === 0 && change.removed.length === 0) return null;
  await saveTaken(tx, withChange(before, change));
  return change;
}

/** The notes of a gesture are made again: it was redone, or brought onto another version. */
export async function renoteGesture(
  tx: Transaction,
  { notes }: Pick<DraftEdit, "notes">,
): Promise<void> {
  if (notes !== null) await saveTaken(tx, withChange(await readTaken(tx), notes));
}

/** @param later gestures after it that stand */
export async function unnoteGesture(
  tx: Transaction,
  { notes }: Pick<DraftEdit, "notes">,
  later: readonly DraftEdit[],
): Promise<void> {
  if (notes === null) return;
  const drawn = later.map(({ edit }) => edit);
  await saveTaken(tx, withoutChange(await readTaken(tx), notes, drawn));
}

/**
 * The draft begins anew at a document: nothing can bring lines back any more that are not in it,
 * and what was noted of them is forgotten.
 */
export async function forgetNotes(tx: Transaction, document: MapDocument): Promise<void> {
  await saveTaken(tx, notesIn(document, await readTaken(tx)));
}
