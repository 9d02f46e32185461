import { z } from "zod";
import { shiftDecimal } from "../values/decimal.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, isProblem, type One, ofText } from "./each-value.ts";
import { ofNumber, readNumber } from "./exact.ts";
import { defineTransform, problem } from "./transform.ts";

const WORDS = { percent: "19", "with sign": "19 %", share: "0.19" } as const;

export const percent = defineTransform({
  id: "percent",
  summary: "Turns '19 %' or 19 into 0.19, and back.",
  help:
    "Say how the system writes a percentage and how the hub does: as the number before the percent " +
    "sign (19), with the sign ('19 %'), or as a share of one (0.19). It is calculated exactly. With " +
    "the sign, a text without one is a problem and waits.",
  accepts: ["integer", "decimal", "text"],
  returns: ["integer", "decimal"],
  settings: z.strictObject({
    column: z
      .enum(["percent", "with sign", "share"])
      .describe("How the system writes it: 19, 19 % or 0.19"),
    field: z.enum(["percent", "share"]).default("share").describe("How the hub writes it"),
  }),
  sentence: ({ column, field }) =>
    `Turns percentages such as ${WORDS[column]} into ${WORDS[field]}; on the way back the opposite.`,

  compile({ column, field }) {
    if (column === field) return "Both sides write it the same way, so no step is needed.";
    const shift = (column === "share" ? 0 : -2) + (field === "share" ? 0 : 2);
    const there = (number: string) => shiftDecimal(number, shift);
    const back = (number: string) => shiftDecimal(number, -shift);
    if (column !== "with sign") {
      return eachValue({ kind: "lossless", read: ofNumber(there), write: ofNumber(back) });
    }
    const read = ofText((text): One => {
      const match = /^(\S+) ?%$/.exec(text.trim().replaceAll("\u00a0", " "));
      if (match === null) return problem("no-sign", `${quoteValue(text)} has no percent sign.`);
      const number = readNumber(match[1] ?? "");
      return isProblem(number) ? number : there(number);
    });
    return eachValue({ kind: "lossy", read, write: ofNumber((number) => `${back(number)} %`) });
  },

  examples: [
    { settings: { column: "percent" }, forward: ["19", null, ""], gives: ["0.19", null, ""] },
    { settings: { column: "percent" }, backward: ["0.07"], gives: ["7"] },
    { settings: { column: "with sign" }, forward: ["19 %", "7.5%"], gives: ["0.19", "0.075"] },
    { settings: { column: "with sign", field: "percent" }, forward: ["19 %"], gives: ["19"] },
    { settings: { column: "with sign" }, backward: ["0.19"], gives: ["19 %"] },
    { settings: { column: "with sign" }, backward: ["0.19"], previous: ["19%"], gives: ["19%"] },
    { settings: { column: "with sign" }, forward: ["19"], fails: "no-sign" },
    { settings: { column: "with sign" }, forward: ["x %"], fails: "type" },
    { settings: { column: "share", field: "percent" }, forward: ["0.19"], gives: ["19"] },
    { settings: { column: "share" }, forward: ["0.19"], fails: "settings" },
  ],
});
