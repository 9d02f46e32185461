import { pasteLines } from "../../../server/core/map/edits/paste-lines.ts";
import { bindingWords } from "../../../server/core/map/place.ts";
import { type CanvasStore, speak } from "../canvas-state.ts";
import type { Editor } from "../editor-context.ts";
import { proposedNames } from "../gestures/refers-by.ts";

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** Ctrl and V, or Cmd and V. */
export function isPasteKey({ key, ctrlKey, metaKey, altKey }: KeyPress): boolean {
  return (ctrlKey || metaKey) && !altKey && key.toLowerCase() === "v";
}

/**
 * Draws what was copied at an object, and says what was left. False where there is nothing to
 * paste, or nothing to paste it onto.
 */
export function pasteAt(editor: Editor, store: CanvasStore, id: string | null): boolean {
  const { document, schemaOf, readOnly, apply } = editor;
  const { copied } = store.getState();
  const binding = document.bindings.find((one) => one.id === id);
  if (binding === undefined || copied.length === 0) return false;
  if (readOnly !== null) {
    speak(store, readOnly);
    return true;
  }
  const { edit, pasted, left } = pasteLines(document, copied, {
    ...{ binding: binding.id, schema: schemaOf(binding) },
    refersBy: (edge) => proposedNames({ document, binding, edge, schemaOf }),
  });
  if (edit !== null && !apply(edit)) return true;
  const onto = bindingWords(document, binding.id);
  store.setState({ pasteReport: { onto, pasted, left }, picked: [], pickRange: null });
  return true;
}
