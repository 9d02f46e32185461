import { z } from "zod";
import { canonicalDecimal } from "../values/decimal.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, ofText } from "./each-value.ts";
import { ofNumber } from "./exact.ts";
import { defineTransform, problem } from "./transform.ts";

const POINTS = { point: ".", comma: "," } as const;
const GROUPS = { none: "", comma: ",", point: ".", space: " ", apostrophe: "'" } as const;
/** What systems and people write for the sign that is meant. */
const READ_AS: Readonly<Record<string, string>> = {
  "\u00a0": " ",
  "\u202f": " ",
  "’": "'",
  "−": "-",
};

/** Longer texts are no numbers that anybody wrote down. */
const CHARACTERS_MAX = 400;

type Format = {
  readonly decimal: keyof typeof POINTS;
  readonly groups: keyof typeof GROUPS;
  readonly digits?: number | undefined;
  readonly minus: "front" | "behind";
};

export const numberFormat = defineTransform({
  id: "number-format",
  summary: "Reads numbers as people write them: '1.234,50' is 1234.5.",
  help:
    "Say which sign stands before the decimals and which between thousands. A text that is not " +
    "written so is a problem and waits, for '1.234' may be one thing or the other. On the way " +
    "back the number is written the same way, with as many decimals as you say; a number that has " +
    "more is not rounded here: put 'Round' behind this step. A row that means the same number keeps its writing.",
  accepts: ["text", "enum"],
  returns: ["decimal", "integer"],
  settings: z.strictObject({
    decimal: z.enum(["point", "comma"]).describe("The sign before the decimals"),
    groups: z
      .enum(["none", "comma", "point", "space", "apostrophe"])
      .default("none")
      .describe("The sign between thousands"),
    digits: z
      .int()
      .min(0)
      .max(20)
      .optional()
      .describe("Decimals that are always written; as many as there are if none is given"),
    minus: z.enum(["front", "behind"]).default("front").describe("Where the minus stands"),
  }),
  sentence: (format) =>
    `Reads numbers such as ${quoteValue(write("-1234.5", { digits: 2, ...format }) as string)}; on the way back writes them so.`,

  compile(format) {
    if (format.decimal === format.groups) return "Choose two different signs.";
    const pattern = patternOf(format);
    const read = ofText((text) => toNumber(text, pattern, GROUPS[format.groups]));
    return eachValue({ kind: "lossy", read, write: ofNumber((number) => write(number, format)) });
  },

  examples: [
    {
      settings: { decimal: "comma", groups: "point" },
      forward: ["1.234,50", "12", "-0,5"],
      gives: ["1234.5", "12", "-0.5"],
    },
    { settings: { decimal: "point", groups: "comma" }, forward: ["1,234,567"], gives: ["1234567"] },
    {
      settings: { decimal: "comma", groups: "space" },
      forward: ["1\u202f234,5", " 7 ", null, ""],
      gives: ["1234.5", "7", null, ""],
    },
    { settings: { decimal: "point", minus: "behind" }, forward: ["12.50-"], gives: ["-12.5"] },
    { settings: { decimal: "comma", groups: "point" }, forward: ["1.23,4"], fails: "number" },
    { settings: { decimal: "comma" }, forward: ["1.234"], fails: "number" },
    { settings: { decimal: "point" }, forward: ["12 EUR"], fails: "number" },
    {
      settings: { decimal: "comma", groups: "point", digits: 2 },
      backward: ["1234.5"],
      gives: ["1.234,50"],
    },
    { settings: { decimal: "comma", digits: 2 }, backward: ["1.005"], fails: "too-fine" },
    {
      settings: { decimal: "comma" },
      backward: ["12.5"],
      previous: ["+12,50"],
      gives: ["+12,50"],
    },
    { settings: { decimal: "point", groups: "point" }, forward: ["1"], fails: "settings" },
  ],
});

function patternOf({ decimal, groups, minus }: Format): RegExp {
  const group = GROUPS[groups];
  const grouped = group === "" ? "" : `\\d{1,3}(?:[${group}]\\d{3})+|`;
  const front = minus === "front" ? "([+-]?)" : "(\\+?)";
  const behind = minus === "behind" ? "(-?)" : "()";
  return new RegExp(`^${front}(${grouped}\\d+)(?:[${POINTS[decimal]}](\\d+))?${behind}$`);
}

function toNumber(text: string, pattern: RegExp, group: string): One {
  const plain = text.trim().replace(/[\u00a0\u202f’−]/g, (sign) => READ_AS[sign] ?? sign);
  const match = plain.length > CHARACTERS_MAX ? null : pattern.exec(plain);
  if (match === null) {
    return problem("number", `${quoteValue(text)} is not a number written in the way that is set.`);
  }
  const [, front = "", whole = "", fraction = "", behind = ""] = match;
  const digits = (group === "" ? whole : whole.replaceAll(group, "")).replace(/^0+(?=\d)/, "");
  const sign = front === "-" || behind === "-" ? "-" : "";
  return canonicalDecimal(`${sign}${digits}${fraction === "" ? "" : `.${fraction}`}`) ?? text;
}

function write(number: string, { decimal, groups, digits, minus }: Format): One {
  const isNegative = number.startsWith("-");
  const [whole = "", fraction = ""] = (isNegative ? number.slice(1) : number).split(".");
  if (digits !== undefined && fraction.length > digits) {
    return problem("too-fine", `${number} has more than ${digits} decimals.`);
  }
  const decimals = fraction.padEnd(digits ?? 0, "0");
  const grouped = whole.replace(/\d(?=(?:\d{3})+$)/g, `$&${GROUPS[groups]}`);
  const unsigned = decimals === "" ? grouped : grouped + POINTS[decimal] + decimals;
  if (!isNegative) return unsigned;
  return minus === "front" ? `-${unsigned}` : `${unsigned}-`;
}
