const LABELS: Readonly<Record<string, string>> = {
  shift: "Shift",
  alt: "Alt",
  ctrl: "Ctrl",
  enter: "Enter",
  escape: "Esc",
  space: "Space",
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  delete: "Del",
  backspace: "⌫",
  tab: "Tab",
};

/**
 * The caps to draw for a key combination; a sequence's keys follow each other.
 *
 * ("mod+k", false) => ["Ctrl", "K"]; ("g h", false) => ["G", "H"]
 */
export function keyLabels(keys: string, isMac: boolean): string[] {
  return keys.split(" ").flatMap((chord) =>
    chord.split(/\+(?=.)/).map((key) => {
      if (key === "mod") return isMac ? "⌘" : "Ctrl";
      return LABELS[key] ?? key.toUpperCase();
    }),
  );
}
