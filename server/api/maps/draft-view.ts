import { notesIn, type TakenSuggestion } from "../../core/suggest/taken.ts";
import type { DraftOutcome } from "../../engine/acts/draft.ts";
import { readUndo } from "../../engine/acts/draft.ts";
import { type Draft, readDraft } from "../../storage/drafts.ts";
import { readLiveVersion } from "../../storage/maps.ts";
import { readTaken } from "../../storage/taken-suggestions.ts";
import type { Person, Services } from "../context.ts";

/** The draft as somebody works on it: what it says, what is live, and what they can take back. */
export type DraftView = Draft & {
  /** Names of what undo and redo would do for this person; null where there is nothing. */
  readonly undo: string | null;
  readonly redo: string | null;
  /** Its edges that were taken from the suggestions and that nobody has confirmed. */
  readonly suggested: readonly TakenSuggestion[];
};

type Ctx = Services & { readonly person: Person };

/** The draft with the names of this person's undo and redo. */
export async function draftView(ctx: Ctx, draft?: Draft): Promise<DraftView> {
  const present = draft ?? (await readDraft(ctx.hub.sql));
  const names = await readUndo({ hub: ctx.hub, person: ctx.person.email });
  const suggested = notesIn(present.document, await readTaken(ctx.hub.sql));
  return { ...present, ...names, suggested };
}

/** The version that runs, with its document; null before the first publish. */
export async function liveView(ctx: Ctx) {
  const live = await readLiveVersion(ctx.hub.sql);
  if (live === null) return null;
  const { number, author, note, publishedAt, document } = live;
  return { number, author, note, publishedAt, document };
}

/**
 * What became of an act on the draft. A screen that made the same edit on the same document has
 * the new one already: then `document` is null.
 */
export type DraftAnswer =
  | {
      readonly kind: "done";
      readonly label: string;
      readonly draft: Omit<DraftView, "document"> & { readonly document: Draft["document"] | null };
    }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "moved"; readonly message: string; readonly draft: DraftView }
  | { readonly kind: "nothing" };

/** @param known the revision that the asker would have after this act, had nobody else acted */
export async function answerOf(
  ctx: Ctx,
  outcome: DraftOutcome,
  known: number | null,
): Promise<DraftAnswer> {
  switch (outcome.kind) {
    case "done": {
      const view = await draftView(ctx, outcome.draft);
      const document = view.revision === known ? null : view.document;
      return { kind: "done", label: outcome.label, draft: { ...view, document } };
    }
    case "refused":
      return { kind: "refused", message: outcome.refusal.message };
    case "moved":
      return {
        kind: "moved",
        message: outcome.message,
        draft: await draftView(ctx, outcome.draft),
      };
    default:
      return { kind: "nothing" };
  }
}
