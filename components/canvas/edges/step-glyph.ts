/** A transform as one or two signs, for the chip on its edge. */
const GLYPHS: Readonly<Record<string, string>> = {
  trim: "[]",
  case: "Aa",
  "empty-as-none": "0",
  default: "?=",
  "value-table": "::",
  scale: "×",
  money: "$",
  "country-code": "cc",
  "join-name": "&",
  "split-name": "/",
  concatenate: "+",
  "split-text": "/",
  constant: "=",
};

export function stepGlyph(transform: string): string {
  return GLYPHS[transform] ?? "f";
}
