"use client";

import { Button } from "../../ui/button.tsx";
import { useCanvasStore } from "../canvas-state.ts";
import { askSuggestions } from "./suggest-state.ts";
import type { SuggestTarget } from "./target.ts";

type SuggestButtonProps = {
  target: SuggestTarget;
  /** What it is about, where several stand in one list. */
  of?: string | undefined;
};

/** Opens the suggestions beside itself. */
export function SuggestButton({ target, of }: SuggestButtonProps) {
  const store = useCanvasStore();
  return (
    <Button
      size="sm"
      aria-label={of === undefined ? undefined : `Suggestions for ${of}`}
      aria-haspopup="dialog"
      onClick={(event) => askSuggestions(store, target, event.currentTarget)}
    >
      Suggestions
    </Button>
  );
}
