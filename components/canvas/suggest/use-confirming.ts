"use client";

import type { TakenSuggestion } from "../../../server/core/suggest/taken.ts";
import { speak, useCanvasStore } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { confirmingOf } from "./take.ts";

/** Says that a person stands for lines that were suggested: one gesture, which undo takes back. */
export function useConfirming(): (notes: readonly TakenSuggestion[]) => void {
  const { apply, readOnly } = useEditor();
  const store = useCanvasStore();
  return (notes) => {
    if (readOnly !== null) return speak(store, readOnly);
    const confirmed = notes.map(({ binding, edge }) => ({ binding, edge }));
    if (confirmed.length === 0) return speak(store, "There is no suggested line here.");
    if (!apply(confirmingOf(notes), { taken: [], confirmed })) return;
    const what = confirmed.length === 1 ? "The line is" : `${confirmed.length} lines are`;
    speak(store, `${what} confirmed. Control Z takes it back.`);
  };
}
