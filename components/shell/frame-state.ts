"use client";

import { create } from "zustand";

/** `off` until the first connection; then the page says whether what it shows is live. */
export type LiveState = "off" | "live" | "reconnecting";

type FrameState = {
  live: LiveState;
  /** How many wait, by the id of a navigation entry: { conflicts: 12 }. */
  counts: Readonly<Record<string, number>>;
  /** What floats above the page now. */
  overlay: "palette" | "shortcuts" | "notices" | "more" | null;
};

/**
 * What the frame shows of the rest. Whoever holds the stream of events sets it:
 *
 * useFrame.setState({ live: "live", counts: { conflicts: 12, quarantine: 3 } });
 */
export const useFrame = create<FrameState>(() => ({ live: "off", counts: {}, overlay: null }));

/** Opens one overlay, or closes whichever is open. */
export function setOverlay(overlay: FrameState["overlay"]): void {
  useFrame.setState({ overlay });
}

/** Opens an overlay, or closes it where it is open already. */
export function toggleOverlay(overlay: NonNullable<FrameState["overlay"]>): void {
  useFrame.setState((state) => ({ overlay: state.overlay === overlay ? null : overlay }));
}
