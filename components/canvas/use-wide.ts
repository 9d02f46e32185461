"use client";

import { useSyncExternalStore } from "react";

/** From this width on the canvas is worth more than the grid. */
const QUERY = "(min-width: 900px)";

/** Whether the window has room for a canvas. On the server it counts as wide. */
export function useWide(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(QUERY).matches,
    () => true,
  );
}

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(QUERY);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}
