"use client";

import { useSyncExternalStore } from "react";

const NARROW = "(max-width: 767px)";

/** Is the screen too narrow for columns beside each other? */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, read, () => false);
}

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

function read(): boolean {
  return window.matchMedia(NARROW).matches;
}
