import { z } from "zod";
import { canonicalDecimal } from "../values/decimal.ts";
import { eachValue } from "./each-value.ts";
import { ofNumber, ROUNDING_WORDS, ROUNDINGS, roundTo } from "./exact.ts";
import { defineTransform } from "./transform.ts";

export const round = defineTransform({
  id: "round",
  summary: "Rounds a number to so many decimals, or to whole tens and thousands.",
  help:
    "The hub gets the rounded number. A row whose number still rounds to the hub's keeps its own, " +
    "so decimals are not lost where nothing changed. On an edge that only writes the system gets " +
    "the rounded number; on one that goes both ways a number of the hub that is finer than this " +
    "waits, because it would come back changed.",
  accepts: ["integer", "decimal", "text"],
  returns: ["integer", "decimal"],
  settings: z.strictObject({
    digits: z
      .int()
      .min(-9)
      .max(30)
      .default(0)
      .describe("Digits behind the point; -3 rounds to whole thousands"),
    rounding: z.enum(ROUNDINGS).default("half-up").describe("How to round"),
  }),
  sentence: ({ digits, rounding }) => {
    const to = digits < 0 ? `whole ${10 ** -digits}s` : `${digits} decimals`;
    return `Rounds to ${digits === 0 ? "whole numbers" : to}, ${ROUNDING_WORDS[rounding]}.`;
  },

  compile({ digits, rounding }) {
    const read = ofNumber((number) => {
      const rounded = roundTo(number, digits, rounding);
      return canonicalDecimal(rounded) ?? rounded;
    });
    return eachValue({
      kind: "lossy",
      read,
      write: read,
    });
  },

  examples: [
    {
      settings: { digits: 2 },
      forward: ["1.005", "1.004", "-1.005"],
      gives: ["1.01", "1", "-1.01"],
    },
    { settings: {}, forward: ["2.5", null, ""], gives: ["3", null, ""] },
    { settings: { rounding: "half-even" }, forward: ["2.5", "3.5"], gives: ["2", "4"] },
    { settings: { rounding: "down" }, forward: ["2.9", "-2.9"], gives: ["2", "-2"] },
    { settings: { rounding: "up" }, forward: ["2.1", "-2.1"], gives: ["3", "-3"] },
    { settings: { digits: -3 }, forward: ["1499", "1500"], gives: ["1000", "2000"] },
    { settings: { digits: 1 }, backward: ["2.5"], previous: ["2.46"], gives: ["2.46"] },
    { settings: { digits: 1 }, backward: ["2.6"], previous: ["2.46"], gives: ["2.6"] },
    { settings: { digits: 1 }, backward: ["2.55"], gives: ["2.6"] },
    { settings: {}, forward: ["2,5"], fails: "type" },
  ],
});
