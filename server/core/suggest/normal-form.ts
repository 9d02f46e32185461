import { canonicalDecimal } from "../values/decimal.ts";
import { type ColumnValue, isList } from "../values/field-value.ts";
import { foldKey } from "../values/fold-key.ts";
import { formatValue } from "../values/format-value.ts";

/** What a value looks like, whatever its system says that its type is. */
export type Kind =
  | "boolean"
  | "number"
  | "measure"
  | "date"
  | "moment"
  | "time"
  | "url"
  | "email"
  | "phone"
  | "code"
  | "words"
  | "prose"
  | "other";

/** A value as suggestions compare it: two spellings of one thing have one key. */
export type NormalForm = {
  readonly kind: Kind;
  readonly key: string;
  /** Of a number, or of a measure without its unit. */
  readonly number?: number;
};

/** Longer texts are looked at by their beginning. */
const LOOKED_AT_MAX = 300;

const BLANK = /^(?:[-–—－.?]+|n\/?a|null|none|unknown)?$/;
const TRUE = /^(?:true|yes|ja|oui|s[ií]|是|有)$/;
const FALSE = /^(?:false|no|nein|non|nee|否|無|无)$/;
const WORD_COUNT_MAX = 6;
const CODE_LENGTH_MAX = 40;

/** Each text is looked at once for all pairs of its column; forgotten when there are so many. */
const known = new Map<string, NormalForm | null>();
const KNOWN_MAX = 20_000;

/**
 * The normal form of one value; null for what says nothing.
 *
 * "1,090.50 EUR" => measure 1090.5 · "27.3.2022" => date 2022-03-27 · "THE Bad guys" => words
 */
export function normalForm(value: ColumnValue): NormalForm | null {
  if (value === null || value === "" || (isList(value) && value.length === 0)) return null;
  if (typeof value === "boolean") return { kind: "boolean", key: String(value) };
  const whole = formatValue(value).slice(0, LOOKED_AT_MAX);
  const before = known.get(whole);
  if (before !== undefined) return before;
  const form = formOf(whole);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(whole, form);
  return form;
}

function formOf(whole: string): NormalForm | null {
  const text = whole.normalize("NFKC").trim();
  const key = foldKey(text, { ignoreCase: true }, { ignoreAccents: true }).replace(/\s+/g, " ");
  if (BLANK.test(key)) return null;
  return timeForm(text) ?? numberForm(text) ?? textForm(text, key);
}

function textForm(text: string, key: string): NormalForm {
  if (TRUE.test(key)) return { kind: "boolean", key: "true" };
  if (FALSE.test(key)) return { kind: "boolean", key: "false" };
  if (/^https?:\/\/\S+$/.test(key)) return { kind: "url", key };
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(key)) return { kind: "email", key };
  if (/^\+?[\d\s()/.-]{7,20}$/.test(key) && key.replace(/\D/g, "").length >= 7) {
    return { kind: "phone", key: key.replace(/\D/g, "") };
  }
  const isOneWord = !/\s/.test(key) && key.length <= CODE_LENGTH_MAX;
  if (isOneWord && /\d/.test(key)) return { kind: "code", key: key.replace(/[-_./]/g, "") };
  const isShort = key.split(" ").length <= WORD_COUNT_MAX && [...text].length <= CODE_LENGTH_MAX;
  const plain = key.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  if (plain === "") return { kind: "other", key };
  return { kind: isShort ? "words" : "prose", key: plain };
}

const NUMBER = String.raw`[-+]?(?:\d{1,3}(?:[,.'\s]\d{3})+|\d+)(?:[.,]\d+)?`;
const PLAIN_NUMBER = new RegExp(`^${NUMBER}$`);
const WITH_UNIT = new RegExp(String.raw`^([^\d\s]{0,4})\s*(${NUMBER})\s*([^\d]{0,12})$`, "u");

function numberForm(text: string): NormalForm | null {
  // "007" is a code: its zeros mean something.
  if (/^0\d/.test(text)) return null;
  const unit = WITH_UNIT.exec(text);
  if (unit === null) return null;
  const [, before = "", digits = "", after = ""] = unit;
  const decimal = canonicalDecimal(plainDigits(digits));
  if (decimal === null) return null;
  const isPlain = PLAIN_NUMBER.test(text);
  // "BK4" is a code; "$45" and "45 m²" are measures.
  if (!isPlain && /[a-z]/i.test(before)) return null;
  if (!isPlain && before === "" && /^[a-z]/i.test(after) && !/\s/.test(text)) {
    if (after.length > 3) return null;
  }
  return { kind: isPlain ? "number" : "measure", key: decimal, number: Number(decimal) };
}

/** "1.234,50" and "1,234.50" => "1234.50"; "12,5" => "12.5"; "1,090" => "1090" */
function plainDigits(digits: string): string {
  const bare = digits.replace(/^\+/, "").replace(/['\s]/g, "");
  const [dot, comma] = [bare.lastIndexOf("."), bare.lastIndexOf(",")];
  if (dot >= 0 && comma >= 0) {
    const [point, thousands] = dot > comma ? [".", ","] : [",", "."];
    return bare.replaceAll(thousands, "").replace(point, ".");
  }
  if (comma < 0) return bare.split(".").length > 2 ? bare.replaceAll(".", "") : bare;
  return /^[-]?\d{1,3}(?:,\d{3})+$/.test(bare) ? bare.replaceAll(",", "") : bare.replace(",", ".");
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}:\d{2}\S*))?$/;
const YEAR_LAST = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T\s]+(\d{1,2}:\d{2}\S*))?$/;
const NAMED_MONTH =
  /^(?:[a-z]{3},? )?([a-z]{3})[a-z]* (\d{1,2}),?(?: (\d{1,2}:\d{2}\S*))? (\d{4})$/i;
const DAY_FIRST = /^(\d{1,2})\.? ([a-z]{3})[a-z]* (\d{4})(?: (\d{1,2}:\d{2}\S*))?$/i;

function timeForm(text: string): NormalForm | null {
  if (/^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(text)) return { kind: "time", key: text };
  const first = YEAR_FIRST.exec(text);
  if (first !== null) return dayOf(first[1], first[2], first[3], first[4]);
  const last = YEAR_LAST.exec(text);
  if (last !== null) {
    const [, one = "", separator, two = "", year, time] = last;
    const isMonthFirst = Number(two) > 12 || (separator === "/" && Number(one) <= 12);
    return isMonthFirst ? dayOf(year, one, two, time) : dayOf(year, two, one, time);
  }
  const named = NAMED_MONTH.exec(text);
  if (named !== null) return dayOf(named[4], monthOf(named[1]), named[2], named[3]);
  const day = DAY_FIRST.exec(text);
  return day === null ? null : dayOf(day[3], monthOf(day[2]), day[1], day[4]);
}

function monthOf(name = ""): string {
  return String(MONTHS.indexOf(name.toLowerCase()) + 1);
}

function dayOf(year = "", month = "", day = "", time?: string): NormalForm | null {
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > 31) return null;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (time === undefined) return { kind: "date", key: date };
  return { kind: "moment", key: `${date} ${time.slice(0, 5).padStart(5, "0")}` };
}
