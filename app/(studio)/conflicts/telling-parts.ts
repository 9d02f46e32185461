import { valueText } from "../../../components/values/value-text.ts";
import { type FieldValue, isTuple, type Tuple } from "../../../server/core/values/field-value.ts";

/** A shorter beginning in common is read where it stands. */
const COMMON_MIN = 5;

/**
 * Values cut to where they begin to differ, for a place with little room: two long names that end
 * in two colours would read the same otherwise. Cut between words, never inside a character.
 *
 * ["Rope 10 mm, red", "Rope 10 mm (blue)"] => ["… mm, red", "… mm (blue)"]
 */
export function tellingParts(values: readonly FieldValue[]): FieldValue[] {
  const tuples = values.filter(isTuple);
  if (tuples.length > 0 && tuples.length === values.length) return differingParts(tuples);
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

/** Of tuples the parts in which they differ. */
function differingParts(tuples: readonly Tuple[]): FieldValue[] {
  const [first] = tuples;
  const ids = Object.keys(first?.parts ?? {}).filter((id) =>
    tuples.some(({ parts }) => valueText(parts[id]) !== valueText(first?.parts[id])),
  );
  return tuples.map(({ parts }) => ({
    parts: Object.fromEntries(ids.map((id) => [id, parts[id] ?? null])),
  }));
}
