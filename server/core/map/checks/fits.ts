import type { FieldType } from "../../values/field-value.ts";

/** Whether values of one type can be read as another, as `parseValue` does: never converting. */
export type Fit = "always" | "sometimes" | "never";

/** Types whose canonical values are plain text. */
const SPELLED: ReadonlySet<FieldType> = new Set<FieldType>([
  ...(["text", "integer", "decimal", "date", "time", "instant", "enum", "reference"] as const),
  "json",
]);

/** Types that a free text may happen to spell. */
const FROM_TEXT: ReadonlySet<FieldType> = new Set<FieldType>([
  ...(["integer", "decimal", "boolean", "date", "time", "instant", "enum", "reference"] as const),
  "json",
]);

const ALWAYS: ReadonlySet<string> = new Set([
  ...["integer decimal", "boolean text", "list set", "set list"],
]);
const SOMETIMES: ReadonlySet<string> = new Set([
  ...["decimal integer", "integer json", "decimal json", "boolean json"],
]);

/**
 * Whether values of type `from` fit type `to`.
 *
 * integer → decimal: always · text → date: sometimes · date → boolean: never
 */
export function fitOf(from: FieldType, to: FieldType): Fit {
  if (from === to || ALWAYS.has(`${from} ${to}`)) return "always";
  if (to === "text" && SPELLED.has(from)) return "always";
  if (SOMETIMES.has(`${from} ${to}`)) return "sometimes";
  const isText = from === "text" || from === "enum" || from === "reference";
  if (isText && FROM_TEXT.has(to)) return "sometimes";
  // A code is any text, so numbers and dates can be codes.
  if ((to === "enum" || to === "reference") && SPELLED.has(from)) return "sometimes";
  return "never";
}
