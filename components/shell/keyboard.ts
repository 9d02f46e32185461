import { createRegistry, type KeyPress } from "./shortcuts.ts";

/** The registry of this page. Screens add to it through `useShortcuts`. */
export const shortcuts = createRegistry();

/** Where the reader's choice to turn letter keys off is kept. */
const LETTERS_KEY = "fieldline:letter-keys";

/**
 * Listens to the page's keys and hands them to the registry.
 *
 * @returns what stops it
 */
export function listenToKeys(): () => void {
  shortcuts.setLetters(localStorage.getItem(LETTERS_KEY) !== "off");
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (shortcuts.press(toPress(event))) event.preventDefault();
  };
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}

/** Turns single-letter keys off or on, for this device. */
export function setLetterKeys(on: boolean): void {
  localStorage.setItem(LETTERS_KEY, on ? "on" : "off");
  shortcuts.setLetters(on);
}

function toPress(event: KeyboardEvent): KeyPress {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  return {
    ...{ key, code, ctrlKey, metaKey, altKey, shiftKey },
    altGraph: event.getModifierState("AltGraph"),
    at: event.timeStamp,
    reserved: isReserved(event),
  };
}

const TEXT = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const POPUPS = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
const PRESSED = "button, a[href], summary, [role=button], [role=radio], [role=switch]";

/** Keys that the focused element needs for itself. */
function isReserved(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target === null) return false;
  if (target.closest(`${TEXT}, ${POPUPS}`) !== null) return true;
  const presses = event.key === "Enter" || event.key === " ";
  return presses && target.closest(PRESSED) !== null;
}
