/** Covers every 64-bit float; a longer one would fill memory with zeros. */
const EXPONENT_MAX = 400;

const CANONICAL = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d*[1-9])$/;
const DECIMAL = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:e([+-]\d{1,3}))?$/;

/**
 * The one spelling of an exact decimal number, or null for a text that is not one.
 *
 * Leading zeros and a plus sign are refused, because such a text is a code ("007") more often
 * than a number. An exponent is read only as programs write it, with its sign ("1.5e-07"), so
 * that an article code "1E5" stays a code.
 *
 * "1.50" => "1.5" · "-0.0" => "0" · "1.5e+3" => "1500" · "007" => null · "NaN" => null
 */
export function canonicalDecimal(text: string): string | null {
  if (CANONICAL.test(text)) return text;
  const match = DECIMAL.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponentText = "+0"] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > EXPONENT_MAX) return null;
  const digits = movePoint(whole, fraction, exponent);
  return digits === "0" ? "0" : sign + digits;
}

/** The digits of whole.fraction × 10^exponent without needless zeros. */
function movePoint(whole: string, fraction: string, exponent: number): string {
  const point = whole.length + exponent;
  const digits = whole + fraction;
  const left = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "";
  const right = point > 0 ? digits.slice(point) : "0".repeat(-point) + digits;
  const before = left.slice(zerosAtStart(left)) || "0";
  const after = right.slice(0, right.length - zerosAtEnd(right));
  return after === "" ? before : `${before}.${after}`;
}

function zerosAtStart(digits: string): number {
  let count = 0;
  while (digits.charCodeAt(count) === 48) count += 1;
  return count;
}

function zerosAtEnd(digits: string): number {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.length - end;
}

/**
 * A canonical number times ten to the power of `exponent`: only its point moves.
 *
 * "1999", -2 => "19.99"
 */
export function shiftDecimal(value: string, exponent: number): string {
  const isNegative = value.startsWith("-");
  const [whole = "", fraction = ""] = (isNegative ? value.slice(1) : value).split(".");
  const digits = movePoint(whole, fraction, exponent);
  return isNegative ? `-${digits}` : digits;
}

/** Negative, zero or positive as `a` is smaller than, equal to or larger than `b`: canonical. */
export function compareDecimals(a: string, b: string): number {
  if (a === b) return 0;
  const isNegative = a.startsWith("-");
  if (isNegative !== b.startsWith("-")) return isNegative ? -1 : 1;
  return isNegative ? compareSizes(b.slice(1), a.slice(1)) : compareSizes(a, b);
}

/** Without needless zeros, more digits before the point is more, and equally many sort as text. */
function compareSizes(a: string, b: string): number {
  const difference = wholeLength(a) - wholeLength(b);
  if (difference !== 0) return difference;
  return a < b ? -1 : 1;
}

function wholeLength(digits: string): number {
  const point = digits.indexOf(".");
  return point < 0 ? digits.length : point;
}
