import { type MonthLanguage, type MonthNames, monthNames } from "./month-names.ts";

/** What is written in a text of a date or time; each as canonical values have it: month "02". */
export type TemporalParts = Readonly<Record<PartName, string>>;
type PartName = (typeof PART_NAMES)[number] | "offset";

export type PatternSettings = {
  readonly pattern: string;
  readonly language?: MonthLanguage | undefined;
  readonly firstYear?: number | undefined;
};

export type TemporalPattern = {
  /** Null where the text is not written so. Whether there is such a day is not asked. */
  read(text: string): TemporalParts | null;
  /** Null where the parts cannot be written so: a second where the pattern has none. */
  write(parts: TemporalParts): string | null;
  readonly has: ReadonlySet<PartName>;
  /** There is one spelling of each value. */
  readonly isExact: boolean;
};

/** Longer texts are no dates, and are not looked through. */
const CHARACTERS_MAX = 120;

const PART_NAMES = ["year", "month", "day", "hour", "minute", "second", "fraction"] as const;

const NOTHING: TemporalParts = {
  ...{ year: "", month: "", day: "", hour: "00", minute: "00", second: "00" },
  ...{ fraction: "", offset: "" },
};

/** What the letters of a pattern are compiled with. */
type By = { readonly names: MonthNames; readonly firstYear: number };

type Token = {
  readonly part: PartName;
  /** A group of a regular expression. */
  readonly source: string;
  readonly isExact: boolean;
  /** Digits of no fixed number: nothing but a sign may stand behind them. */
  readonly isOpen?: boolean;
  read(text: string, by: By, all: ReadonlyMap<string, string>): string | null;
  write(parts: TemporalParts, by: By): string | null;
};

const fixed = (part: PartName, digits: number): Token => ({
  ...{ part, source: `(\\d{${digits}})`, isExact: true },
  read: (text) => text,
  write: (parts) => parts[part],
});

const open = (part: PartName): Token => ({
  ...{ part, source: "(\\d{1,2})", isExact: false, isOpen: true },
  read: (text) => text.padStart(2, "0"),
  write: (parts) => String(Number(parts[part])),
});

const named = (form: "long" | "short"): Token => ({
  ...{ part: "month", source: "([\\p{L}\\p{M}]{1,20}\\.?)", isExact: false },
  read: (text, { names }) => names.find(text)?.toString().padStart(2, "0") ?? null,
  write: ({ month }, { names }) => names.write(Number(month), form),
});

const halved = (isOpen: boolean, write: (hour: string) => string): Token => ({
  ...{ part: "hour", source: isOpen ? "(\\d{1,2})" : "(\\d{2})", isExact: false, isOpen },
  read: (text, _, all) => {
    const [hour, isPm] = [Number(text), /p/i.test(all.get("a") ?? "")];
    if (hour < 1 || hour > 12) return null;
    return String((hour % 12) + (isPm ? 12 : 0)).padStart(2, "0");
  },
  write: ({ hour }) => write(String(Number(hour) % 12 || 12)),
});

const offset = (source: string, colon: string): Token => ({
  ...{ part: "offset", source, isExact: false },
  read: (text) => (text === "Z" ? "+00:00" : `${text.slice(0, 3)}:${text.slice(-2)}`),
  write: ({ offset: own }) =>
    /^[+-]\d\d:\d\d$/.test(own) ? own.slice(0, 3) + colon + own.slice(4) : null,
});

const fraction = (digits: number): Token => ({
  ...{ part: "fraction", source: `(\\d{${digits}})`, isExact: true },
  read: (text) => text.replace(/0+$/, ""),
  write: ({ fraction: own }) => (own.length > digits ? null : own.padEnd(digits, "0")),
});

/** The letters of Unicode's patterns (UTS 35), as far as they stand for what a value has. */
const TOKENS: Readonly<Record<string, Token>> = {
  yyyy: fixed("year", 4),
  yy: {
    ...{ part: "year", source: "(\\d{2})", isExact: true },
    read(text, { firstYear }) {
      const year = firstYear + ((Number(text) - (firstYear % 100) + 100) % 100);
      return String(year).padStart(4, "0");
    },
    write({ year }, { firstYear }) {
      const isWithin = Number(year) >= firstYear && Number(year) < firstYear + 100;
      return isWithin ? year.slice(-2) : null;
    },
  },
  ...{ MM: fixed("month", 2), M: open("month"), MMMM: named("long"), MMM: named("short") },
  ...{ dd: fixed("day", 2), d: open("day"), HH: fixed("hour", 2), H: open("hour") },
  hh: halved(false, (hour) => hour.padStart(2, "0")),
  h: halved(true, (hour) => hour),
  // What it says is read with the hour.
  a: {
    ...{ part: "hour", source: "([AaPp]\\.?[Mm]\\.?)", isExact: false },
    read: () => "",
    write: ({ hour }) => (Number(hour) < 12 ? "AM" : "PM"),
  },
  ...{ mm: fixed("minute", 2), ss: fixed("second", 2) },
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => ["S".repeat(n), fraction(n)])),
  "[.S]": {
    ...{ part: "fraction", source: "((?:\\.\\d{1,6})?)", isExact: false },
    read: (text) => text.slice(1).replace(/0+$/, ""),
    write: ({ fraction: own }) => (own === "" ? "" : `.${own}`),
  },
  XXX: offset("(Z|[+-]\\d\\d:\\d\\d)", ":"),
  XX: offset("(Z|[+-]\\d{4})", ""),
};

/** The parts of a date and a time of day as canonical values have them; either may be missing. */
export function partsOf(of: {
  readonly date?: string;
  readonly time?: string;
  readonly offset?: string;
}): TemporalParts {
  const [year = "", month = "", day = ""] = of.date?.split("-") ?? [];
  const [clock = "", fraction = ""] = (of.time ?? "00:00:00").split(".");
  const [hour = "", minute = "", second = ""] = clock.split(":");
  return { year, month, day, hour, minute, second, fraction, offset: of.offset ?? "" };
}

/** The date that they say, whether or not there is such a day. */
export function dateOf({ year, month, day }: TemporalParts): string {
  return `${year}-${month}-${day}`;
}

export function timeOf({ hour, minute, second, fraction }: TemporalParts): string {
  return `${hour}:${minute}:${second}${fraction === "" ? "" : `.${fraction}`}`;
}

/** "dd.MM.yyyy" => [dd "." MM "." yyyy]; 'in quotes' stands for itself. */
const PIECES = /\[\.S\]|'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']|'/g;

type Piece = { readonly letters: string; readonly token: Token } | { readonly literal: string };

/**
 * Compiles a pattern such as "d. MMMM yyyy, HH:mm".
 *
 * @returns a sentence where it says nothing, or could mean two things
 */
export function compilePattern(settings: PatternSettings): TemporalPattern | string {
  const pieces: Piece[] = [];
  for (const match of settings.pattern.matchAll(PIECES)) {
    const piece = pieceOf(match);
    if (typeof piece === "string") return piece;
    pieces.push(piece);
  }
  const wrong = whyUnclear(pieces, settings);
  return wrong ?? assemble(pieces, settings);
}

function pieceOf([text, quoted, letter]: RegExpMatchArray): Piece | string {
  const token = Object.hasOwn(TOKENS, text) ? TOKENS[text] : undefined;
  if (token !== undefined) return { letters: text, token };
  if (letter !== undefined) return unknownLetters(text);
  if (text === "'") return "A quote is opened and not closed.";
  return { literal: text === "''" ? "'" : (quoted?.replaceAll("''", "'") ?? text) };
}

function unknownLetters(letters: string): string {
  return (
    `"${letters}" stands for nothing. There is yyyy yy, MMMM MMM MM M, dd d, HH H, hh h with a, ` +
    "mm, ss, S to SSSSSS, [.S], XXX XX; other letters stand in 'quotes'."
  );
}

/** Why a text could be read in two ways, or in none. */
function whyUnclear(
  pieces: readonly Piece[],
  { language, firstYear }: PatternSettings,
): string | null {
  const letters = pieces.flatMap((piece) => ("letters" in piece ? [piece.letters] : []));
  const hasHalf = letters.some((one) => one === "h" || one === "hh");
  if (hasHalf !== letters.includes("a")) return "h and a stand together: 2:05 PM. Or write H.";
  const parts = letters.filter((one) => one !== "a").map((one) => TOKENS[one]?.part);
  const twice = parts.find((part, at) => parts.indexOf(part) !== at);
  if (twice !== undefined) return `The ${twice} stands in the pattern twice.`;
  if (letters.includes("yy") && firstYear === undefined) {
    return "Say which is the first of the hundred years that yy may mean.";
  }
  if (letters.some((one) => one.startsWith("MMM")) && language === undefined) {
    return "Say the language of the names of months.";
  }
  const unclear = pieces.findIndex((piece, at) => isRun(piece, pieces[at + 1]));
  const open = pieces[unclear];
  return open !== undefined && "letters" in open
    ? `Digits follow ${open.letters} with nothing between: nobody could tell them apart.`
    : null;
}

/** Digits of no fixed number before digits. */
function isRun(piece: Piece, next: Piece | undefined): boolean {
  if (next === undefined || !("token" in piece) || piece.token.isOpen !== true) return false;
  return "token" in next ? next.token.source.includes("\\d") : /^\d/.test(next.literal);
}

function assemble(pieces: readonly Piece[], settings: PatternSettings): TemporalPattern {
  const { language = "en", firstYear = 0 } = settings;
  const by: By = { names: monthNames(language), firstYear };
  const tokens = pieces.flatMap((piece) => ("token" in piece ? [piece] : []));
  const source = pieces.map((piece) =>
    "token" in piece ? piece.token.source : escaped(piece.literal),
  );
  const whole = new RegExp(`^${source.join("")}$`, "u");
  const has = new Set(tokens.map(({ token }) => token.part));
  return {
    has,
    isExact: tokens.every(({ token }) => token.isExact),
    read(text) {
      const match = text.length > CHARACTERS_MAX ? null : whole.exec(text.normalize("NFC"));
      return match === null ? null : readParts(tokens, match.slice(1), by);
    },
    write(parts) {
      if (!isWhole(parts, has)) return null;
      const written = pieces.map((piece) =>
        "token" in piece ? piece.token.write(parts, by) : piece.literal.normalize("NFC"),
      );
      return written.includes(null) ? null : written.join("");
    },
  };
}

function readParts(
  tokens: readonly { readonly letters: string; readonly token: Token }[],
  texts: readonly string[],
  by: By,
): TemporalParts | null {
  const all = new Map(tokens.map(({ letters }, at) => [letters, texts[at] ?? ""]));
  const parts: Record<PartName, string> = { ...NOTHING };
  for (const { letters, token } of tokens) {
    const part = token.read(all.get(letters) ?? "", by, all);
    if (part === null) return null;
    if (letters !== "a") parts[token.part] = part;
  }
  return parts;
}

/** Whether all that the parts say is in the pattern; the offset is only how they say it. */
function isWhole(parts: TemporalParts, has: ReadonlySet<PartName>): boolean {
  return PART_NAMES.every((part) => has.has(part) || parts[part] === NOTHING[part]);
}

function escaped(text: string): string {
  return text.normalize("NFC").replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
