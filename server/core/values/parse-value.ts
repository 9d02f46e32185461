import { canonicalDecimal } from "./decimal.ts";
import { type FieldType, type FieldValue, isList, type ValueOptions } from "./field-value.ts";
import { foldText } from "./fold-text.ts";
import { quoteValue } from "./format-value.ts";
import { canonicalJson } from "./json-text.ts";
import { canonicalInstant, canonicalTime, isDate, type Temporal } from "./temporal.ts";

/**
 * A value in canonical form, or why the raw one is none of its type: `type` does not fit at all,
 * `enum` is no member, `precision` is finer than is kept.
 */
export type ParsedValue =
  | { readonly ok: true; readonly value: FieldValue }
  | { readonly ok: false; readonly code: "type" | "enum" | "precision"; readonly message: string };

export type ValueParser = (raw: FieldValue) => ParsedValue;

/** Reads one raw value as `type`. For many values of one field make the parser once. */
export function parseValue(
  type: FieldType,
  options: ValueOptions | undefined,
  raw: FieldValue,
): ParsedValue {
  return makeParser(type, options)(raw);
}

/**
 * Makes the function that reads raw values as `type`. Null is a value of every type and stays null.
 *
 * It re-spells and never converts: a text is read as a number, a date or a boolean only when it is
 * one, letter by letter, so that nothing is lost ("007" and "1,5" are no numbers, of texts only
 * "true" and "false" are booleans, a date with a time of day is no date). What is not such a
 * spelling is a problem, and a transform has to say what it means.
 */
export function makeParser(type: FieldType, options: ValueOptions = {}): ValueParser {
  const parse = PARSERS[type](options);
  return (raw) => (raw === null ? NO_VALUE : parse(raw));
}

type Present = Exclude<FieldValue, null>;
type Parse = (raw: Present) => ParsedValue;

const NO_VALUE: ParsedValue = { ok: true, value: null };

const PARSERS: Readonly<Record<FieldType, (options: ValueOptions) => Parse>> = {
  text: () => parseText,
  integer: () => parseInteger,
  decimal: () => parseDecimal,
  boolean: () => parseBoolean,
  date: () => parseDate,
  time: () => (raw) => parseTemporal(raw, canonicalTime, "a time of day such as 14:02:00"),
  instant: () => (raw) =>
    parseTemporal(raw, canonicalInstant, "an instant with its offset such as 2026-02-28T14:02:00Z"),
  enum: parseEnum,
  money: () => parseMoney,
  quantity: () => parseQuantity,
  list: (options) => (raw) => parseItems(raw, itemParser(options), "a list"),
  set: (options) => {
    const parseItem = itemParser(options);
    return (raw) => sortedUnique(parseItems(raw, parseItem, "a set"));
  },
  reference: () => parseReference,
  json: () => parseJson,
};

/** Below U+0300 every text is in NFC and well formed; NUL can be stored by few systems. */
const NEEDS_A_LOOK = /[\u0300-\uffff]|\0/;

function parseText(raw: Present): ParsedValue {
  if (typeof raw === "boolean") return { ok: true, value: String(raw) };
  if (typeof raw !== "string") return notA(raw, "a text");
  if (!NEEDS_A_LOOK.test(raw)) return { ok: true, value: raw };
  if (raw.includes("\0")) return notA(raw, "a text: it contains the character NUL");
  if (!raw.isWellFormed()) return notA(raw, "a text: it contains half a character");
  return { ok: true, value: raw.normalize("NFC") };
}

const PLAIN_INTEGER = /^(?:0|-?[1-9]\d*)$/;

function parseInteger(raw: Present): ParsedValue {
  if (typeof raw !== "string") return notA(raw, "a whole number");
  if (PLAIN_INTEGER.test(raw)) return { ok: true, value: raw };
  const value = raw.includes("e") ? null : canonicalDecimal(raw);
  return value === null || value.includes(".") ? notA(raw, "a whole number") : { ok: true, value };
}

function parseDecimal(raw: Present): ParsedValue {
  const value = typeof raw === "string" ? canonicalDecimal(raw) : null;
  return value === null ? notA(raw, "a decimal number") : { ok: true, value };
}

function parseBoolean(raw: Present): ParsedValue {
  if (raw === true || raw === "true") return { ok: true, value: true };
  if (raw === false || raw === "false") return { ok: true, value: false };
  return notA(raw, "true or false");
}

function parseDate(raw: Present): ParsedValue {
  if (typeof raw === "string" && isDate(raw)) return { ok: true, value: raw };
  return notA(raw, "a date of the calendar such as 2026-02-28");
}

function parseTemporal(raw: Present, read: (text: string) => Temporal, what: string): ParsedValue {
  if (typeof raw !== "string") return notA(raw, what);
  const result = read(raw);
  if ("value" in result) return { ok: true, value: result.value };
  if (result.problem === "form") return notA(raw, what);
  const message = `${quoteValue(raw)} is finer than a microsecond.`;
  return { ok: false, code: "precision", message };
}

/**
 * With `ignoreCase` or `trim` a member may be written differently; its declared spelling counts.
 */
function parseEnum(options: ValueOptions): Parse {
  const { values } = options;
  if (values === undefined) return (raw) => nonEmptyText(raw, "a code");
  const members = new Map(values.map((value) => [foldText(value, options), value]));
  return (raw) => {
    const text = nonEmptyText(raw, "a code");
    if (!text.ok) return text;
    const member = members.get(foldText(String(text.value), options));
    if (member !== undefined) return { ok: true, value: member };
    const message = `${quoteValue(raw)} is not one of the ${values.length} values of this field.`;
    return { ok: false, code: "enum", message };
  };
}

function parseReference(raw: Present): ParsedValue {
  return nonEmptyText(raw, "a reference to a record");
}

function nonEmptyText(raw: Present, what: string): ParsedValue {
  return raw === "" ? notA(raw, what) : parseText(raw);
}

const CURRENCY = /^[A-Z]{3}$/;

function parseMoney(raw: Present): ParsedValue {
  if (typeof raw === "object" && "currency" in raw && CURRENCY.test(raw.currency)) {
    const amount = canonicalDecimal(raw.amount);
    if (amount !== null) return { ok: true, value: { amount, currency: raw.currency } };
  }
  return notA(raw, "an amount of money with its currency");
}

function parseQuantity(raw: Present): ParsedValue {
  if (typeof raw === "object" && "unit" in raw) {
    const amount = canonicalDecimal(raw.amount);
    const unit = nonEmptyText(raw.unit, "a unit");
    if (amount !== null && unit.ok) {
      return { ok: true, value: { amount, unit: String(unit.value) } };
    }
  }
  return notA(raw, "a quantity with its unit");
}

function itemParser(options: ValueOptions): ValueParser {
  return makeParser(options.items ?? "text", { values: options.values });
}

function parseItems(raw: Present, parseItem: ValueParser, what: string): ParsedValue {
  if (!isList(raw)) return notA(raw, what);
  const items: FieldValue[] = [];
  for (const [index, rawItem] of raw.entries()) {
    const item = parseItem(rawItem);
    if (!item.ok) return { ...item, message: `Item ${index + 1}: ${item.message}` };
    items.push(item.value);
  }
  return { ok: true, value: items };
}

function sortedUnique(parsed: ParsedValue): ParsedValue {
  if (!parsed.ok || !isList(parsed.value)) return parsed;
  const byKey = new Map<string, FieldValue>();
  for (const item of parsed.value) byKey.set(JSON.stringify(item), item);
  const value = [...byKey.keys()].sort().map((key) => byKey.get(key) ?? null);
  return { ok: true, value };
}

function parseJson(raw: Present): ParsedValue {
  if (typeof raw === "boolean") return { ok: true, value: String(raw) };
  const value = typeof raw === "string" ? canonicalJson(raw) : null;
  return value === null ? notA(raw, "JSON with each key once") : { ok: true, value };
}

function notA(raw: Present, what: string): ParsedValue {
  return { ok: false, code: "type", message: `${quoteValue(raw)} is not ${what}.` };
}
