import type { Connection, Transaction } from "../../db/client.ts";
import { EMPTY_MAP, MapDocument } from "../core/map/document.ts";
import { Edit } from "../core/map/edits/edit.ts";
import { NoteChange } from "../core/suggest/taken.ts";
import { readLiveVersion } from "./maps.ts";

/** There is one draft of the one map. */
const DRAFT = "draft";

export type Draft = {
  readonly document: MapDocument;
  /** The version that it grew from; 0 before the first publish. */
  readonly base: number;
  /** Counts every change of it, undo and redo too; 0 while nobody has touched it. */
  readonly revision: number;
  readonly updatedAt: string | null;
  readonly updatedBy: string | null;
};

/** One gesture on the draft. `revision` is the one that it made. */
export type DraftEdit = {
  readonly revision: number;
  readonly edit: Edit;
  readonly inverse: Edit;
  readonly label: string;
  readonly author: string;
  readonly at: string;
  /** Set while it is undone. */
  readonly undoneAt: string | null;
  /** What it did to the notes of suggestions that were taken; null: nothing. */
  readonly notes: NoteChange | null;
};

/** The draft; the live version's document while nobody has started one. */
export async function readDraft(sql: Connection): Promise<Draft> {
  const rows = await sql<(Omit<Draft, "document"> & { document: unknown })[]>`
    select document, base, revision, updated_at as "updatedAt", updated_by as "updatedBy"
    from drafts where id = ${DRAFT}`;
  const [row] = rows;
  if (row !== undefined) return { ...row, document: MapDocument.parse(row.document) };
  const live = await readLiveVersion(sql);
  const untouched = { revision: 0, updatedAt: null, updatedBy: null };
  return { document: live?.document ?? EMPTY_MAP, base: live?.number ?? 0, ...untouched };
}

/** Stores the draft as it now is. Call it under `lockMap`. `at` is ISO 8601 UTC. */
export async function saveDraft(
  tx: Transaction,
  draft: Pick<Draft, "document" | "base" | "revision">,
  by: { readonly author: string; readonly at: string },
): Promise<void> {
  const document = JSON.stringify(draft.document);
  await tx`
    insert into drafts (id, document, base, revision, updated_at, updated_by)
    values (${DRAFT}, ${document}::text::jsonb, ${draft.base}, ${draft.revision}, ${by.at},
      ${by.author})
    on conflict (id) do update set document = excluded.document, base = excluded.base,
      revision = excluded.revision, updated_at = excluded.updated_at,
      updated_by = excluded.updated_by`;
}

/** The draft's log of gestures, oldest first, undone ones too. */
export async function listDraftEdits(sql: Connection): Promise<DraftEdit[]> {
  const rows = await sql<(Omit<DraftEdit, "edit" | "inverse" | "notes"> & RawEdit)[]>`
    select revision, edit, inverse, label, author, at, undone_at as "undoneAt", notes
    from draft_edits where draft = ${DRAFT} order by revision`;
  return rows.map((row) => ({
    ...row,
    edit: Edit.parse(row.edit),
    inverse: Edit.parse(row.inverse),
    notes: NoteChange.nullable().parse(row.notes),
  }));
}

type RawEdit = { readonly edit: unknown; readonly inverse: unknown; readonly notes: unknown };

export async function insertDraftEdit(
  tx: Transaction,
  edit: Omit<DraftEdit, "undoneAt">,
): Promise<void> {
  const notes = edit.notes === null ? null : JSON.stringify(edit.notes);
  await tx`
    insert into draft_edits (draft, revision, edit, inverse, label, author, at, notes)
    values (${DRAFT}, ${edit.revision}, ${JSON.stringify(edit.edit)}::text::jsonb,
      ${JSON.stringify(edit.inverse)}::text::jsonb, ${edit.label}, ${edit.author}, ${edit.at},
      ${notes}::text::jsonb)`;
}

/** Marks a gesture as undone at a time, or as done again (null), with its inverse of now. */
export async function markDraftEdit(
  tx: Transaction,
  revision: number,
  undoneAt: string | null,
  inverse: Edit,
): Promise<void> {
  await tx`
    update draft_edits set undone_at = ${undoneAt},
      inverse = ${JSON.stringify(inverse)}::text::jsonb
    where draft = ${DRAFT} and revision = ${revision}`;
}

/** Forgets what a person has undone: after a new edit there is nothing to redo. */
export async function dropUndoneEdits(tx: Transaction, author: string): Promise<void> {
  await tx`
    delete from draft_edits
    where draft = ${DRAFT} and author = ${author} and undone_at is not null`;
}

/** Forgets all gestures: they are published, or were brought onto another version. */
export async function clearDraftEdits(tx: Transaction): Promise<void> {
  await tx`delete from draft_edits where draft = ${DRAFT}`;
}
