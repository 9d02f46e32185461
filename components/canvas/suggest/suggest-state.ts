import { type CanvasStore, type RowPlace, rowElementId } from "../canvas-state.ts";
import type { SuggestTarget } from "./target.ts";

/**
 * Opens the suggestions for something.
 * @param anchor what they stand beside; the focus comes back to it, or to the box or cell around it
 */
export function askSuggestions(
  store: CanvasStore,
  target: SuggestTarget,
  anchor: Element | null,
): void {
  store.setState({ suggest: { target, anchor }, armed: null });
}

/** The element of a row on the canvas; its box where rows are not drawn. */
export function rowElement(place: RowPlace): Element | null {
  return (
    document.getElementById(rowElementId(place)) ??
    document.querySelector(`[data-tree="${CSS.escape(place.node)}"]`)
  );
}
