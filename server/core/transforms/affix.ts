import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, ofText } from "./each-value.ts";
import { defineTransform, problem } from "./transform.ts";

export const affix = defineTransform({
  id: "affix",
  summary: "Takes a fixed beginning or end off a text, or puts it there.",
  help:
    "Where one system writes 'DE-4711' and the others '4711', say what stands in front or behind, " +
    "and whether it is taken off or put there on the way to the hub; the way back does the " +
    "opposite. A text without it is a problem and waits, unless you say that it goes through.",
  accepts: ["text", "enum", "integer"],
  returns: ["text", "enum", "integer", "decimal"],
  settings: z.strictObject({
    operation: z.enum(["remove", "add"]).describe("What is done on the way to the hub"),
    prefix: z.string().max(100).default("").describe("What stands in front"),
    suffix: z.string().max(100).default("").describe("What stands behind"),
    missing: z
      .enum(["problem", "keep"])
      .default("problem")
      .describe("Whether a text that lacks it waits, or goes through as it is"),
  }),
  sentence: ({ operation, prefix, suffix }) => {
    const parts = [
      ...(prefix === "" ? [] : [`${quoteValue(prefix)} in front`]),
      ...(suffix === "" ? [] : [`${quoteValue(suffix)} behind`]),
    ].join(" and ");
    return operation === "remove"
      ? `Takes off ${parts}; on the way back puts it there.`
      : `Puts ${parts}; on the way back takes it off.`;
  },

  compile({ operation, prefix, suffix, missing }) {
    if (prefix === "" && suffix === "") return "Say what stands in front or behind.";
    const put = ofText((text) => prefix + text + suffix);
    const keeps = missing === "keep";
    if (keeps && operation === "add") return "On the way to the hub it is always put there.";
    const take = ofText((text): One => {
      const isThere = text.startsWith(prefix) && text.endsWith(suffix);
      if (isThere && text.length > prefix.length + suffix.length) {
        return text.slice(prefix.length, text.length - suffix.length);
      }
      return keeps ? text : problem("no-affix", lacks(text, prefix, suffix));
    });
    const [read, write] = operation === "remove" ? [take, put] : [put, take];
    return eachValue({ kind: keeps ? "lossy" : "lossless", read, write });
  },

  examples: [
    { settings: { operation: "remove", prefix: "DE-" }, forward: ["DE-4711"], gives: ["4711"] },
    { settings: { operation: "remove", prefix: "DE-" }, backward: ["4711"], gives: ["DE-4711"] },
    { settings: { operation: "remove", suffix: " kg" }, forward: ["5 kg"], gives: ["5"] },
    { settings: { operation: "remove", prefix: "DE-" }, forward: ["FR-1"], fails: "no-affix" },
    { settings: { operation: "remove", prefix: "DE-" }, forward: ["DE-"], fails: "no-affix" },
    { settings: { operation: "remove", prefix: "DE-" }, forward: [null, ""], gives: [null, ""] },
    {
      settings: { operation: "remove", prefix: "DE-", missing: "keep" },
      forward: ["4711", "DE-1"],
      gives: ["4711", "1"],
    },
    {
      settings: { operation: "remove", prefix: "DE-", missing: "keep" },
      backward: ["4711"],
      previous: ["4711"],
      gives: ["4711"],
    },
    { settings: { operation: "add", prefix: "P", suffix: "X" }, forward: ["12"], gives: ["P12X"] },
    { settings: { operation: "add", prefix: "P", suffix: "X" }, backward: ["P12X"], gives: ["12"] },
    { settings: { operation: "add", prefix: "P" }, backward: ["12"], fails: "no-affix" },
    { settings: { operation: "remove" }, forward: ["a"], fails: "settings" },
  ],
});

function lacks(text: string, prefix: string, suffix: string): string {
  const wanted = [
    ...(prefix === "" ? [] : [`begin with ${quoteValue(prefix)}`]),
    ...(suffix === "" ? [] : [`end with ${quoteValue(suffix)}`]),
  ].join(" and ");
  return `${quoteValue(text)} does not ${wanted} with something beside it.`;
}
