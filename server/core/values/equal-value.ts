import { type FieldType, type FieldValue, isList, type ValueOptions } from "./field-value.ts";
import { foldText } from "./fold-text.ts";
import { makeParser } from "./parse-value.ts";

export type Equals = (a: FieldValue, b: FieldValue) => boolean;

/** Tells whether two values mean the same. For many values of one field make the comparer once. */
export function isEqualValue(
  type: FieldType,
  options: ValueOptions | undefined,
  a: FieldValue,
  b: FieldValue,
): boolean {
  return makeEquals(type, options)(a, b);
}

/**
 * Makes the function that tells whether two values of a field mean the same: an equivalence. It
 * takes raw values too (1.0 = 1.00, NFC = NFD); one that does not fit the type equals only itself.
 */
export function makeEquals(type: FieldType, options: ValueOptions = {}): Equals {
  const keyOf = makeKey(type, options);
  return (a, b) => a === b || (a !== null && b !== null && keyOf(a) === keyOf(b));
}

/**
 * Makes the function that gives a value's comparison key: two values of the field mean the same
 * exactly when their keys are equal texts. A value that does not fit its type keeps its own.
 */
export function makeKey(
  type: FieldType,
  options: ValueOptions = {},
): (value: FieldValue) => string {
  const parse = makeParser(type, options);
  const fold = folding(type, options);
  return (raw) => {
    const parsed = parse(raw);
    return JSON.stringify(fold(parsed.ok ? parsed.value : raw));
  };
}

function folding(type: FieldType, options: ValueOptions): (value: FieldValue) => FieldValue {
  if (options.trim !== true && options.ignoreCase !== true) return (value) => value;
  const items = options.items ?? "text";
  switch (type) {
    case "text":
    case "enum":
      return (value) => (typeof value === "string" ? foldText(value, options) : value);
    case "list":
      return foldingItems(folding(items, options));
    case "set": {
      const foldItems = foldingItems(folding(items, options));
      const parse = makeParser("set", { items });
      return (value) => {
        const folded = parse(foldItems(value));
        return folded.ok ? folded.value : value;
      };
    }
    default:
      return (value) => value;
  }
}

function foldingItems(fold: (item: FieldValue) => FieldValue): (value: FieldValue) => FieldValue {
  return (value) => (isList(value) ? value.map(fold) : value);
}

/** Nothing to show: null, the empty text, no members; with `trim` also white space alone. */
export function isBlank(value: FieldValue, options: ValueOptions = {}): boolean {
  if (value === null || value === "") return true;
  if (isList(value)) return value.length === 0;
  return options.trim === true && typeof value === "string" && value.trim() === "";
}
