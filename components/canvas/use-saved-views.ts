"use client";

import { useMemo, useSyncExternalStore } from "react";
import { readViews, type SavedView } from "./saved-views.ts";

const listeners = new Set<() => void>();

type SavedViews = {
  readonly views: readonly SavedView[];
  readonly keep: (views: readonly SavedView[]) => void;
};

/** The views of an entity that this person has saved, on this device. */
export function useSavedViews(entity: string): SavedViews {
  const key = `fieldline:views:${entity}`;
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key),
    () => null,
  );
  const views = useMemo(() => readViews(text), [text]);
  const keep = (next: readonly SavedView[]) => {
    localStorage.setItem(key, JSON.stringify(next));
    for (const listener of listeners) listener();
  };
  return { views, keep };
}

/** Follows what another tab saves, too. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}
