import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, ofText, proving } from "./each-value.ts";
import { defineTransform, problem } from "./transform.ts";

const LENGTHS = ["8", "12", "13", "14"] as const;
const LENGTH_MAX = 14;

export const gtin = defineTransform({
  id: "gtin",
  summary: "Checks EAN, UPC and GTIN numbers, and makes 14 digits of them.",
  help:
    "The last digit tells whether the others are right: a number that does not fit it is a problem " +
    "and waits. The hub gets 14 digits, with zeros in front, so that an EAN of one system is the " +
    "UPC of another. On the way back the number is written in the length that the system has; one " +
    "that does not fit into it waits. Spaces and hyphens are no matter, and a row with the same " +
    "number keeps its own.",
  accepts: ["text", "enum", "integer"],
  returns: ["text"],
  settings: z.strictObject({
    column: z.enum(LENGTHS).default("13").describe("How many digits the system writes"),
    zerosLost: z
      .boolean()
      .default(false)
      .describe("The system keeps it as a number, and loses the zeros in front"),
  }),
  sentence: ({ column, zerosLost }) =>
    `Checks product numbers (GTIN) and makes 14 digits of them; on the way back \
${zerosLost ? "leaves out the zeros in front" : `writes ${column} digits`}.`,

  compile({ column, zerosLost }) {
    const read = ofText((text) => checked(text, zerosLost));
    const write = ofText((text) => {
      const digits = text.replace(/^0+/, "");
      return zerosLost ? digits : digits.padStart(Number(column), "0");
    });
    const fits = (text: string) => zerosLost || text.length === Number(column);
    const writeFitting = (value: Parameters<typeof write>[0]): One => {
      const written = write(value);
      if (typeof written !== "string" || written === "" || fits(written)) return written;
      return problem("no-way-back", `${quoteValue(value)} has more than ${column} digits.`);
    };
    return eachValue({ kind: "lossy", read, write: proving(read, writeFitting) });
  },

  examples: [
    {
      settings: {},
      forward: ["4006381333931", "036000291452", "73513537", null, ""],
      gives: ["04006381333931", "00036000291452", "00000073513537", null, ""],
    },
    { settings: {}, forward: ["4 006381-333931"], gives: ["04006381333931"] },
    { settings: {}, backward: ["04006381333931"], gives: ["4006381333931"] },
    { settings: { column: "12" }, backward: ["00036000291452"], gives: ["036000291452"] },
    { settings: { column: "12" }, backward: ["04006381333931"], fails: "no-way-back" },
    {
      settings: { zerosLost: true },
      forward: ["36000291452"],
      gives: ["00036000291452"],
    },
    { settings: { zerosLost: true }, backward: ["00036000291452"], gives: ["36000291452"] },
    { settings: {}, forward: ["4006381333932"], fails: "check-digit" },
    { settings: {}, forward: ["36000291452"], fails: "length" },
    { settings: {}, forward: ["40063813339A1"], fails: "digits" },
    { settings: { zerosLost: true }, forward: ["0"], fails: "length" },
  ],
});

function checked(text: string, zerosLost: boolean): One {
  const digits = text.replace(/[\s-]/g, "");
  if (!/^\d+$/.test(digits)) return problem("digits", `${quoteValue(text)} has not only digits.`);
  const isLength = zerosLost
    ? digits.length <= LENGTH_MAX && !/^0*$/.test(digits)
    : LENGTHS.some((length) => Number(length) === digits.length);
  if (!isLength) {
    const message = `${quoteValue(text)} has ${digits.length} digits; a GTIN has 8, 12, 13 or 14.`;
    return problem("length", message);
  }
  const whole = digits.padStart(LENGTH_MAX, "0");
  if (isRight(whole)) return whole;
  return problem("check-digit", `${quoteValue(text)} is mistyped: its last digit does not fit.`);
}

/** Every other digit counts three times, and all of them are a multiple of ten. */
function isRight(digits: string): boolean {
  const sum = [...digits].reduce(
    (all, digit, at) => all + Number(digit) * (at % 2 === 0 ? 3 : 1),
    0,
  );
  return sum % 10 === 0;
}
