import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, ofText, proving } from "./each-value.ts";
import { defineTransform } from "./transform.ts";

const PAIRS_MAX = 50;
const PART_MAX = 200;

export const replaceText = defineTransform({
  id: "replace-text",
  summary: "Replaces words or signs inside a text: 'St.' by 'Street', '/' by '-'.",
  help:
    "Goes through the text once and replaces every place where one of the words stands; where two " +
    "fit, the one that is listed first. What was put in is not looked at again. Leave the right " +
    "side empty to take a word out. To replace whole values use a value table. On the way back a " +
    "row that reads the same keeps its own text; any other is written as it is, or replaced the " +
    "other way round if you say so. A text that would come back different waits.",
  accepts: ["text", "enum"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    pairs: z
      .array(
        z.strictObject({
          find: z.string().min(1).max(PART_MAX).describe("In the system's text"),
          with: z.string().max(PART_MAX).describe("In the hub's text"),
        }),
      )
      .min(1)
      .max(PAIRS_MAX)
      .describe("What is replaced, and by what"),
    ignoreCase: z.boolean().default(false).describe("Find it in capitals and small letters alike"),
    opposite: z.boolean().default(false).describe("Replace the other way round on the way back"),
  }),
  sentence: ({ pairs, opposite }) => {
    const shown = pairs
      .slice(0, 3)
      .map(
        (pair) =>
          `${quoteValue(pair.find)} by ${pair.with === "" ? "nothing" : quoteValue(pair.with)}`,
      );
    const more = pairs.length > 3 ? ` and ${pairs.length - 3} more` : "";
    const back = opposite ? "; on the way back the other way round" : "";
    return `Replaces ${shown.join(", ")}${more}${back}.`;
  },

  compile({ pairs, ignoreCase, opposite }) {
    const there = replacer(
      pairs.map((pair) => [pair.find, pair.with]),
      ignoreCase,
    );
    const read = ofText(there);
    if (!opposite)
      return eachValue({ kind: "lossy", read, write: proving(read, (value) => value) });
    if (pairs.some((pair) => pair.with === "")) {
      return "What is taken out cannot be put in again: switch off the other way round.";
    }
    const back = replacer(
      pairs.map((pair) => [pair.with, pair.find]),
      false,
    );
    return eachValue({ kind: "lossy", read, write: proving(read, ofText(back)) });
  },

  examples: [
    {
      settings: { pairs: [{ find: "St.", with: "Street" }] },
      forward: ["Main St. 1"],
      gives: ["Main Street 1"],
    },
    {
      settings: {
        pairs: [
          { find: "ab", with: "1" },
          { find: "a", with: "2" },
        ],
      },
      forward: ["aba"],
      gives: ["12"],
    },
    {
      settings: { pairs: [{ find: "(", with: "" }] },
      forward: ["(0)30"],
      gives: ["0)30"],
    },
    {
      settings: { pairs: [{ find: "gmbh", with: "GmbH" }], ignoreCase: true },
      forward: ["Lamps GMBH", null, ""],
      gives: ["Lamps GmbH", null, ""],
    },
    {
      settings: { pairs: [{ find: "/", with: "-" }], opposite: true },
      backward: ["a-b"],
      gives: ["a/b"],
    },
    {
      settings: { pairs: [{ find: "/", with: "-" }] },
      backward: ["a-b"],
      previous: ["a/b"],
      gives: ["a/b"],
    },
    {
      settings: { pairs: [{ find: "/", with: "-" }] },
      backward: ["a/b"],
      fails: "no-way-back",
    },
    { settings: { pairs: [{ find: "a", with: "b" }] }, forward: [true], fails: "type" },
    {
      settings: { pairs: [{ find: "a", with: "" }], opposite: true },
      forward: ["a"],
      fails: "settings",
    },
  ],
});

type Pair = readonly [find: string, put: string];

/** One pass over the text; the words stand in it letter by letter, so it takes linear time. */
function replacer(pairs: readonly Pair[], ignoreCase: boolean): (text: string) => string {
  const finds = pairs.map(([find]) => find.normalize("NFC"));
  const puts = new Map(
    pairs.map(([, put], at) => [folded(finds[at] ?? "", ignoreCase), put] as const).toReversed(),
  );
  const words = finds.map((find) => find.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  const pattern = new RegExp(words.join("|"), ignoreCase ? "gi" : "g");
  const put = (found: string) => puts.get(folded(found, ignoreCase)) ?? found;
  return (text) => text.normalize("NFC").replace(pattern, put);
}

function folded(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.toUpperCase() : text;
}
