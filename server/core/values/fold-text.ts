import type { ValueOptions } from "./field-value.ts";

/**
 * What two texts have in common when the field's options say that white space at the ends or upper
 * and lower case mean nothing: texts that mean the same fold to the same.
 */
export function foldText(text: string, options: Pick<ValueOptions, "trim" | "ignoreCase">): string {
  const trimmed = options.trim === true ? text.trim() : text;
  return options.ignoreCase === true ? foldCase(trimmed) : trimmed;
}

/** Upper case first, so that "ß" meets "SS" and a final "ς" meets "σ". */
function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase().normalize("NFC");
}
