import type { FieldValue } from "../../../server/core/values/field-value.ts";

/** A shorter beginning in common is read where it stands. */
const COMMON_MIN = 5;

/**
 * Values cut to where they begin to differ, for a place with little room: two long names that end
 * in two colours would read the same otherwise. Cut between words, never inside a character.
 *
 * ["Rope 10 mm, red", "Rope 10 mm (blue)"] => ["… mm, red", "… mm (blue)"]
 */
export function tellingParts(values: readonly FieldValue[]): FieldValue[] {
  const texts = values.map((value) => (typeof value === "string" ? value : null));
  const [first, ...others] = texts;
  if (first == null || others.length === 0 || others.includes(null)) return [...values];
  let common = 0;
  while (
    common < first.length &&
    others.every((text) => text !== null && text[common] === first[common])
  ) {
    common += 1;
  }
  const cut = first.lastIndexOf(" ", common - 1);
  if (cut < COMMON_MIN) return [...values];
  return texts.map((text) => (text === null ? null : `…${text.slice(cut)}`));
}
