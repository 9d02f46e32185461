import { diffMaps } from "../../../server/core/map/diff.ts";
import type { MapDocument } from "../../../server/core/map/document.ts";
import { editMeetsChange } from "../../../server/core/map/edits/collide.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { applyEdit } from "../../../server/core/map/edits.ts";
import {
  noteChange,
  notesIn,
  type SuggestionWish,
  type TakenSuggestion,
  withChange,
} from "../../../server/core/suggest/taken.ts";

/** The draft as the server knows it, with the names of what this person can take back. */
export type ServerDraft = {
  readonly document: MapDocument;
  readonly base: number;
  readonly revision: number;
  readonly updatedAt: string | null;
  readonly updatedBy: string | null;
  readonly undo: string | null;
  readonly redo: string | null;
  /** Its edges that were taken from the suggestions and that nobody has confirmed. */
  readonly suggested: readonly TakenSuggestion[];
};

/** What a person does to a draft. */
export type DraftAct =
  | {
      readonly kind: "edit";
      readonly edit: Edit;
      readonly label: string;
      /** Which suggestions it takes or confirms. */
      readonly suggestions?: SuggestionWish | undefined;
    }
  | { readonly kind: "undo" | "redo" | "discard" };

/** As `maps.edit`, `maps.undo` and the like answer. */
export type DraftAnswer =
  | {
      readonly kind: "done";
      readonly label: string;
      /** `document` is null where the asker has the same one already. */
      readonly draft: Omit<ServerDraft, "document"> & { readonly document: MapDocument | null };
    }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "moved"; readonly message: string; readonly draft: ServerDraft }
  | { readonly kind: "nothing" };

/** The outside world of a desk. */
export type DeskPort = {
  /** Rejects with `Unreachable` when the server does not answer, with anything else for good. */
  send(act: DraftAct, revision: number): Promise<DraftAnswer>;
  /** Tells the person what they must know. */
  tell(news: DeskNews): void;
  /** Waits before the server is tried again. */
  wait(ms: number): Promise<void>;
  /** Keeps what waits where the page finds it when it is loaded again; null: nothing waits. */
  keep(waiting: Waiting | null): void;
};

/** What was not saved yet, and the revision that it was made on. */
export type Waiting = { readonly revision: number; readonly acts: readonly DraftAct[] };

export type DeskNews =
  | { readonly kind: "undone" | "redone" | "discarded"; readonly label: string }
  | { readonly kind: "refused" | "moved" | "failed"; readonly message: string };

/** The server was not reached: what was sent can be sent again. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

export type DeskState = {
  /** With everything that this person did, sent or not. */
  readonly document: MapDocument;
  readonly server: ServerDraft;
  /** Acts that are not saved yet. */
  readonly waiting: number;
  readonly isOffline: boolean;
  /** Names of what undo and redo would do now; null where there is nothing. */
  readonly undo: string | null;
  readonly redo: string | null;
  /** Edges that are suggestions still. */
  readonly suggested: readonly TakenSuggestion[];
};

export type Desk = {
  state(): DeskState;
  subscribe(listener: () => void): () => void;
  /**
   * Makes an edit at once and sends it, with the suggestions that it takes or confirms. Returns why
   * it cannot be made; null when it was.
   */
  edit(edit: Edit, suggestions?: SuggestionWish): string | null;
  undo(): void;
  redo(): void;
  discard(): void;
  /** Goes on with what the page had not saved when it was left. */
  resume(waiting: Waiting): void;
  /** Takes over the draft as the server has it now, unless there is something newer of our own. */
  hear(draft: ServerDraft): void;
};

const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 30_000;

/**
 * The work on a draft in one browser: every act is seen at once and sent in order, one at a time,
 * each on the revision that the server gave last. What somebody else did meanwhile is never
 * written over: an act that meets it is dropped and told.
 */
export function createDesk(start: ServerDraft, port: DeskPort): Desk {
  const work: Work = { server: start, queue: [], isOffline: false };
  let isSending = false;
  let heard: ServerDraft | null = null;
  let state = stateOf(work);
  const listeners = new Set<() => void>();

  const changed = () => {
    state = stateOf(work);
    const { queue, server } = work;
    port.keep(queue.length === 0 ? null : { revision: server.revision, acts: queue });
    for (const listener of listeners) listener();
  };
  const run = async () => {
    if (isSending) return;
    isSending = true;
    await sendAll(work, port, changed);
    isSending = false;
    if (heard !== null && heard.revision > work.server.revision) work.server = heard;
    heard = null;
    changed();
  };
  const push = (act: DraftAct) => {
    work.queue = [...work.queue, act];
    changed();
    void run();
  };

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    edit: (edit, suggestions) => {
      const result = applyEdit(state.document, edit);
      if (!result.ok) return result.refusal.message;
      push({ kind: "edit", edit, label: result.label, suggestions });
      return null;
    },
    undo: () => push({ kind: "undo" }),
    redo: () => push({ kind: "redo" }),
    discard: () => push({ kind: "discard" }),
    resume: (waiting) => {
      if (work.queue.length > 0) return;
      work.queue = notYetMade(work.server, waiting);
      changed();
      void run();
    },
    hear: (draft) => {
      if (isSending) {
        heard = draft;
      } else if (draft.revision >= work.server.revision) {
        work.server = draft;
        changed();
      }
    },
  };
}

/**
 * Of what waited when the page was left, the first may have reached the server without its answer
 * coming back: then it is what this person could take back now.
 */
function notYetMade(server: ServerDraft, { revision, acts }: Waiting): readonly DraftAct[] {
  const [first, ...rest] = acts;
  const isMade =
    first?.kind === "edit" && server.revision > revision && server.undo === first.label;
  return isMade ? rest : acts;
}

type Work = { server: ServerDraft; queue: readonly DraftAct[]; isOffline: boolean };

/** Sends what waits, in order, until nothing does. */
async function sendAll(work: Work, port: DeskPort, changed: () => void): Promise<void> {
  let delay = RETRY_MS_MIN;
  for (let act = work.queue[0]; act !== undefined; act = work.queue[0]) {
    try {
      const answer = await port.send(act, work.server.revision);
      work.isOffline = false;
      delay = RETRY_MS_MIN;
      settle(work, act, answer, port);
    } catch (error) {
      work.isOffline = error instanceof Unreachable;
      if (!work.isOffline) giveUp(work, error, port);
    }
    changed();
    if (!work.isOffline) continue;
    await port.wait(delay);
    delay = Math.min(RETRY_MS_MAX, delay * 2);
  }
}

function settle(work: Work, act: DraftAct, answer: DraftAnswer, port: DeskPort): void {
  const before = work.server;
  work.queue = work.queue.slice(1);
  switch (answer.kind) {
    case "done": {
      const expected = expectedAfter(before, act);
      work.server = { ...answer.draft, document: answer.draft.document ?? expected };
      if (act.kind !== "edit") port.tell({ kind: PAST[act.kind], label: answer.label });
      // Somebody else's edits came in between: what waits must not be about the same.
      const isAlone = work.server.revision <= before.revision + 1;
      if (!isAlone) work.queue = withoutMet(expected, work, port);
      break;
    }
    case "moved":
      work.server = answer.draft;
      port.tell({ kind: "moved", message: withCount(answer.message, work.queue.length) });
      work.queue = [];
      break;
    case "refused":
      port.tell({ kind: "refused", message: answer.message });
      break;
    default:
      break;
  }
}

function giveUp(work: Work, error: unknown, port: DeskPort): void {
  const message = error instanceof Error ? error.message : String(error);
  port.tell({ kind: "failed", message: withCount(message, work.queue.length - 1) });
  work.queue = [];
}

const PAST = { undo: "undone", redo: "redone", discard: "discarded" } as const;

function stateOf({ server, queue, isOffline }: Work): DeskState {
  let { document, undo, redo, suggested } = server;
  for (const act of queue) {
    if (act.kind !== "edit") continue;
    const result = applyEdit(document, act.edit);
    if (!result.ok) continue;
    document = result.document;
    undo = act.label;
    redo = null;
    suggested = withChange(suggested, noteChange(suggested, act.edit, act.suggestions));
    suggested = notesIn(document, suggested);
  }
  return { document, server, waiting: queue.length, isOffline, undo, redo, suggested };
}

/** The document that the act gives where nobody else did anything. */
function expectedAfter(server: ServerDraft, act: DraftAct): MapDocument {
  if (act.kind !== "edit") return server.document;
  const result = applyEdit(server.document, act.edit);
  return result.ok ? result.document : server.document;
}

/** Drops what waits and is about something that others changed meanwhile, and tells it. */
function withoutMet(
  expected: MapDocument,
  { server, queue }: Work,
  port: DeskPort,
): readonly DraftAct[] {
  const news = diffMaps(expected, server.document);
  const changes = news.entities.flatMap(({ fields }) => fields.flatMap((one) => one.changes));
  return queue.filter((act) => {
    if (act.kind !== "edit") return true;
    const met = changes.find((change) => editMeetsChange(server.document, act.edit, change));
    if (met === undefined) return true;
    const who = server.updatedBy ?? "Somebody";
    const message = `${who} changed the same meanwhile: ${met.sentence}. “${act.label}” was not made.`;
    port.tell({ kind: "moved", message });
    return false;
  });
}

function withCount(message: string, more: number): string {
  if (more < 1) return message;
  return `${message} ${more === 1 ? "One later change was" : `${more} later changes were`} not made.`;
}
