import type { Transaction } from "../../../db/client.ts";
import { LIMITS } from "../../core/limits.ts";
import { diffMaps, type MapDiff } from "../../core/map/diff.ts";
import { EMPTY_MAP, type MapDocument } from "../../core/map/document.ts";
import { editMeetsChange, editsCollide } from "../../core/map/edits/collide.ts";
import type { Edit } from "../../core/map/edits/edit.ts";
import type { Refusal } from "../../core/map/edits/outcome.ts";
import { applyEdit } from "../../core/map/edits.ts";
import type { SuggestionWish } from "../../core/suggest/taken.ts";
import {
  clearDraftEdits,
  type Draft,
  type DraftEdit,
  dropUndoneEdits,
  insertDraftEdit,
  listDraftEdits,
  markDraftEdit,
  readDraft,
  saveDraft,
} from "../../storage/drafts.ts";
import { lockMap, readLiveVersion, readVersion } from "../../storage/maps.ts";
import { notify } from "../../storage/notify.ts";
import type { ActContext } from "./context.ts";
import { forgetNotes, noteGesture, renoteGesture, unnoteGesture } from "./suggestion-notes.ts";

export type DraftOutcome =
  | { readonly kind: "done"; readonly draft: Draft; readonly label: string }
  /** The edit cannot be made; nothing has changed. */
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** Somebody changed the same thing meanwhile; nothing has changed. */
  | { readonly kind: "moved"; readonly draft: Draft; readonly message: string }
  /** There is nothing to undo or redo. */
  | { readonly kind: "nothing" };

/**
 * Makes an edit on the draft. One that was made on an older revision is brought onto the present
 * one when it is about something else than what happened meanwhile; else it is refused as moved.
 * @param act `revision`: the draft as the person saw it; `suggestions`: which of them it takes or
 * confirms
 */
export function editDraft(ctx: ActContext, act: EditAct): Promise<DraftOutcome> {
  return inDraft(ctx, async ({ tx, draft, log, at }) => {
    const stale = staleMessage(draft, log, act);
    if (stale !== null) return { kind: "moved", draft, message: stale };
    const result = applyEdit(draft.document, act.edit);
    if (!result.ok) return { kind: "refused", refusal: result.refusal };
    const next = { ...draft, document: result.document, revision: draft.revision + 1 };
    await dropUndoneEdits(tx, ctx.person);
    const { inverse, label } = result;
    const notes = await noteGesture(tx, act);
    const line = { revision: next.revision, edit: act.edit, inverse, label, notes };
    await insertDraftEdit(tx, { ...line, author: ctx.person, at });
    return await done(tx, ctx, next, label, at);
  });
}

type EditAct = {
  readonly revision: number;
  readonly edit: Edit;
  readonly suggestions?: SuggestionWish | undefined;
};

/** Undoes the person's own newest edit, unless somebody has built on it since. */
export function undoDraft(ctx: ActContext): Promise<DraftOutcome> {
  return inDraft(ctx, async ({ tx, draft, log, at }) => {
    const reach = log.slice(-LIMITS.draftUndoMax);
    const own = reach.findLast((one) => one.undoneAt === null && one.author === ctx.person);
    if (own === undefined) return { kind: "nothing" };
    const met = laterCollision(draft, log, own);
    if (met !== undefined) return { kind: "moved", draft, message: builtOn(own, met) };
    const result = applyEdit(draft.document, own.inverse);
    if (!result.ok) return { kind: "refused", refusal: result.refusal };
    await markDraftEdit(tx, own.revision, at, own.inverse);
    await unnoteGesture(tx, own, standingAfter(log, own));
    const next = { ...draft, document: result.document, revision: draft.revision + 1 };
    return await done(tx, ctx, next, own.label, at);
  });
}

/** Does the person's last undone edit again. */
export function redoDraft(ctx: ActContext): Promise<DraftOutcome> {
  return inDraft(ctx, async ({ tx, draft, log, at }) => {
    const own = log.find((one) => one.undoneAt !== null && one.author === ctx.person);
    if (own === undefined) return { kind: "nothing" };
    const met = laterCollision(draft, log, own);
    if (met !== undefined) return { kind: "moved", draft, message: builtOn(own, met) };
    const result = applyEdit(draft.document, own.edit);
    if (!result.ok) return { kind: "refused", refusal: result.refusal };
    await markDraftEdit(tx, own.revision, null, result.inverse);
    await renoteGesture(tx, own);
    const next = { ...draft, document: result.document, revision: draft.revision + 1 };
    return await done(tx, ctx, next, own.label, at);
  });
}

/**
 * Makes the draft the live version again. While it stands on the live version this is an edit
 * like another and can be undone; a draft that stands on an older one is dropped for good.
 */
export async function discardDraft(ctx: ActContext): Promise<DraftOutcome> {
  const [live, draft] = [await readLiveVersion(ctx.hub.sql), await readDraft(ctx.hub.sql)];
  const label = "Discard the draft";
  if ((live?.number ?? 0) === draft.base) {
    const document = live?.document ?? EMPTY_MAP;
    const edit: Edit = { type: "replace-document", document, label };
    return await editDraft(ctx, { revision: draft.revision, edit });
  }
  return await inDraft(ctx, async ({ tx, draft: now, at }) => {
    const next = await startFromLive(tx, now.revision);
    return await done(tx, ctx, next, label, at);
  });
}

export type RebaseOutcome =
  | { readonly kind: "rebased"; readonly draft: Draft; readonly dropped: readonly Dropped[] }
  /** These edits meet changes of the live version; nothing has changed. */
  | { readonly kind: "collides"; readonly collisions: readonly Dropped[] }
  /** The draft stands on the live version already. */
  | { readonly kind: "current"; readonly draft: Draft };

export type Dropped = { readonly label: string; readonly author: string; readonly message: string };

/**
 * Brings the draft's edits onto the live version, edit by edit.
 * @param act `drop`: leave out the edits that meet what the live version changed; without it such
 * edits stop everything and are listed
 */
export function rebaseDraft(
  ctx: ActContext,
  act: { readonly drop: boolean },
): Promise<RebaseOutcome> {
  return inDraft<RebaseOutcome>(ctx, async ({ tx, draft, log, at }) => {
    const live = await readLiveVersion(tx);
    if (live === null || live.number === draft.base) return { kind: "current", draft };
    const base = (await readVersion(tx, draft.base))?.document ?? EMPTY_MAP;
    const edits = log.filter((one) => one.undoneAt === null);
    const replayed = replay(live.document, edits, diffMaps(base, live.document));
    if (replayed.dropped.length > 0 && !act.drop) {
      return { kind: "collides", collisions: replayed.dropped };
    }
    const fresh = await startFromLive(tx, draft.revision);
    let revision = fresh.revision;
    for (const { line, edit, inverse } of replayed.kept) {
      revision += 1;
      await insertDraftEdit(tx, { ...line, edit, inverse, revision });
      await renoteGesture(tx, line);
    }
    const next = { ...fresh, document: replayed.document, revision };
    await done(tx, ctx, next, "Bring the draft onto the live version", at);
    return { kind: "rebased", draft: next, dropped: replayed.dropped };
  });
}

type Replayed = {
  document: MapDocument;
  kept: { line: DraftEdit; edit: Edit; inverse: Edit }[];
  dropped: Dropped[];
};

function replay(onto: MapDocument, edits: readonly DraftEdit[], news: MapDiff): Replayed {
  const changes = news.entities.flatMap((entity) => entity.fields.flatMap((one) => one.changes));
  const state: Replayed = { document: onto, kept: [], dropped: [] };
  for (const line of edits) {
    const { label, author, edit } = line;
    const met = changes.find((change) => editMeetsChange(state.document, edit, change));
    const result = applyEdit(state.document, edit);
    if (met !== undefined) {
      const message = `The live version changed the same: ${met.sentence}.`;
      state.dropped.push({ label, author, message });
    } else if (!result.ok) {
      state.dropped.push({ label, author, message: result.refusal.message });
    } else {
      state.document = result.document;
      state.kept.push({ line, edit, inverse: result.inverse });
    }
  }
  return state;
}

type Work = { tx: Transaction; draft: Draft; log: readonly DraftEdit[]; at: string };

async function inDraft<Outcome = DraftOutcome>(
  ctx: ActContext,
  act: (work: Work) => Promise<Outcome>,
): Promise<Outcome> {
  const outcome = await ctx.hub.sql.begin(async (tx) => {
    await lockMap(tx);
    const [draft, log] = [await readDraft(tx), await listDraftEdits(tx)];
    return { it: await act({ tx, draft, log, at: ctx.clock.now().toISOString() }) };
  });
  return outcome.it as Outcome;
}

async function done(
  tx: Transaction,
  ctx: ActContext,
  draft: Draft,
  label: string,
  at: string,
): Promise<DraftOutcome> {
  await saveDraft(tx, draft, { author: ctx.person, at });
  await notify(tx, ["maps"]);
  return { kind: "done", draft: { ...draft, updatedAt: at, updatedBy: ctx.person }, label };
}

/** A draft equal to the live version, its log empty. The caller saves it. */
async function startFromLive(tx: Transaction, revision: number): Promise<Draft> {
  await clearDraftEdits(tx);
  const live = await readLiveVersion(tx);
  const document = live?.document ?? EMPTY_MAP;
  await forgetNotes(tx, document);
  const base = live?.number ?? 0;
  return { document, base, revision: revision + 1, updatedAt: null, updatedBy: null };
}

/** Why an edit of an older revision cannot be brought onto the present one; null when it can. */
function staleMessage(
  draft: Draft,
  log: readonly DraftEdit[],
  act: { readonly revision: number; readonly edit: Edit },
): string | null {
  if (act.revision === draft.revision) return null;
  const since = log.filter((one) => one.revision > act.revision);
  const who = draft.updatedBy ?? "Somebody";
  // An undo, a redo or a publish leaves no line of its own: then nobody can say what it met.
  if (act.revision > draft.revision || since.length !== draft.revision - act.revision) {
    return `${who} changed the draft meanwhile. Look at it again and repeat the change.`;
  }
  const met = since.find((one) => editsCollide(draft.document, one.edit, act.edit));
  if (met === undefined) return null;
  return `${met.author} changed the same meanwhile: ${met.label}. Look at it and decide anew.`;
}

function laterCollision(draft: Draft, log: readonly DraftEdit[], own: DraftEdit) {
  return standingAfter(log, own).find((one) => editsCollide(draft.document, one.edit, own.edit));
}

function standingAfter(log: readonly DraftEdit[], own: DraftEdit): DraftEdit[] {
  return log.filter((one) => one.revision > own.revision && one.undoneAt === null);
}

function builtOn(own: DraftEdit, met: DraftEdit): string {
  return `"${own.label}" cannot be changed alone: ${met.author} built on it ("${met.label}").`;
}

/** The names of what undo and redo would do for a person; null where there is nothing. */
export async function readUndo(
  ctx: Pick<ActContext, "hub" | "person">,
): Promise<{ readonly undo: string | null; readonly redo: string | null }> {
  const log = (await listDraftEdits(ctx.hub.sql)).slice(-LIMITS.draftUndoMax);
  const own = log.filter((one) => one.author === ctx.person);
  const undo = own.findLast((one) => one.undoneAt === null)?.label ?? null;
  const redo = own.find((one) => one.undoneAt !== null)?.label ?? null;
  return { undo, redo };
}
