import { create } from "zustand";

export type NoticeTone = "plain" | "ok" | "warn" | "fail";

export type Notice = {
  id: number;
  at: Date;
  tone: NoticeTone;
  title: string;
  detail?: string | undefined;
  /** Takes it back. Offered until used. */
  undo?: { label: string; run: () => void } | undefined;
  undone: boolean;
};

type NoticesState = {
  notices: readonly Notice[];
  add: (notice: Omit<Notice, "id" | "at" | "undone">) => Notice;
  undo: (id: number) => void;
};

/** How many notices are kept; older ones are forgotten. */
const NOTICES_MAX = 200;

let nextId = 1;

/** Everything that was announced since the page was opened, newest first. */
export const useNotices = create<NoticesState>((set, get) => ({
  notices: [],
  add: (notice) => {
    const added: Notice = { ...notice, id: nextId++, at: new Date(), undone: false };
    set((state) => ({ notices: [added, ...state.notices].slice(0, NOTICES_MAX) }));
    return added;
  },
  undo: (id) => {
    const notice = get().notices.find((each) => each.id === id);
    if (notice?.undo === undefined || notice.undone) return;
    set((state) => ({
      notices: state.notices.map((each) => (each.id === id ? { ...each, undone: true } : each)),
    }));
    notice.undo.run();
  },
}));

/**
 * Takes back the newest thing that can be taken back: the `Z` key.
 *
 * @returns whether there was one
 */
export function undoNewest(): boolean {
  const { notices, undo } = useNotices.getState();
  const newest = notices.find((notice) => notice.undo !== undefined && !notice.undone);
  if (newest === undefined) return false;
  undo(newest.id);
  return true;
}
