/** One thing that a key does. */
export type Shortcut = {
  /** Stable name, unique in its scope: "conflicts.take-1". */
  id: string;
  /** "j" · "mod+k" (Ctrl, or Cmd on a Mac) · "shift+x" · "g h" (one after the other) · "?". */
  keys: string;
  /** What it does, as the help shows it: "Take this value". */
  label: string;
  run: () => void;
  /** Works inside inputs and dialogs too. Only for chords with `mod` and for Escape. */
  always?: boolean | undefined;
  /** Works, and is not listed (a second key for a listed thing). */
  hidden?: boolean | undefined;
};

/** Shortcuts that hold together, under a heading in the help: "Everywhere", "Conflicts". */
export type Scope = {
  name: string;
  shortcuts: readonly Shortcut[];
  /** Stands under all others, however late it was added: the frame's own keys. */
  base?: boolean | undefined;
};

/** What the registry reads of a keyboard event. */
export type KeyPress = {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** AltGr is held: the character counts, the modifiers do not. */
  altGraph: boolean;
  /** When, in ms on any clock that only goes forward. */
  at: number;
  /** The focus is where keys mean text or belong to a dialog or menu. */
  reserved: boolean;
};

export type Registry = {
  /** Adds a scope; a later one wins over an earlier one. Returns what removes it. */
  add: (scope: Scope) => () => void;
  /** Scopes from first to last. The same array until something changes. */
  scopes: () => readonly Scope[];
  subscribe: (listener: () => void) => () => void;
  /** Runs what the key stands for. Returns whether the key was used. */
  press: (press: KeyPress) => boolean;
  /** Turns single-letter keys off or on (WCAG 2.1.4); chords with `mod` go on working. */
  setLetters: (on: boolean) => void;
  letters: () => boolean;
};

/** The second key of "g h" must follow within this time. */
const SEQUENCE_MS_MAX = 1_000;

/**
 * The one list of what keys do: it drives the handlers, the `?` overlay, menus and the palette.
 */
export function createRegistry(): Registry {
  let scopes: readonly Scope[] = [];
  let letters = true;
  let pending: { chord: string; at: number } | null = null;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  const press = (event: KeyPress): boolean => {
    const chord = chordOf(event);
    if (chord === null) return false;
    const first = pending !== null && event.at - pending.at <= SEQUENCE_MS_MAX ? pending : null;
    pending = null;
    const active = scopes
      .flatMap((scope) => scope.shortcuts)
      .filter((shortcut) => isActive(shortcut, event.reserved, letters))
      .reverse();
    const found =
      (first && active.find((shortcut) => shortcut.keys === `${first.chord} ${chord}`)) ??
      active.find((shortcut) => shortcut.keys === chord);
    if (found) {
      found.run();
      return true;
    }
    if (!active.some((shortcut) => shortcut.keys.startsWith(`${chord} `))) return false;
    pending = { chord, at: event.at };
    return true;
  };

  return {
    add: (scope) => {
      scopes = scope.base === true ? [scope, ...scopes] : [...scopes, scope];
      changed();
      return () => {
        scopes = scopes.filter((each) => each !== scope);
        changed();
      };
    },
    scopes: () => scopes,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    press,
    setLetters: (on) => {
      letters = on;
      changed();
    },
    letters: () => letters,
  };
}

function isActive(shortcut: Shortcut, reserved: boolean, letters: boolean): boolean {
  if (reserved && shortcut.always !== true) return false;
  return letters || shortcut.keys.includes("mod+") || shortcut.keys === "escape";
}

const NAMES: Readonly<Record<string, string>> = {
  " ": "space",
  Enter: "enter",
  Escape: "escape",
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Delete: "delete",
  Backspace: "backspace",
  Tab: "tab",
};

/**
 * A key press as the registry writes it, or null for a modifier alone.
 *
 * Ctrl and k => "mod+k"; Shift and / (which makes a question mark) => "?"
 */
export function chordOf(press: KeyPress): string | null {
  const key = keyName(press);
  if (key === null) return null;
  const isSymbol = key.length === 1 && !/[a-z]/.test(key);
  const parts: string[] = [];
  if (!press.altGraph && (press.ctrlKey || press.metaKey)) parts.push("mod");
  if (!press.altGraph && press.altKey) parts.push("alt");
  // Shift is part of how a symbol is typed, and differs between keyboards.
  if (press.shiftKey && !isSymbol) parts.push("shift");
  return [...parts, key].join("+");
}

function keyName({ key, code }: KeyPress): string | null {
  if (NAMES[key] !== undefined) return NAMES[key];
  if (key.length > 1) return null;
  // A keyboard of another script: the letter printed at the same place.
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined && key > "~") return letter.toLowerCase();
  return key.toLowerCase();
}
