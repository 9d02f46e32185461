import { z } from "zod";
import { eachValue } from "./each-value.ts";
import { defineTransform } from "./transform.ts";

export const trim = defineTransform({
  id: "trim",
  summary: "Takes white space off both ends.",
  help:
    "The hub gets the text without white space at its ends. A row whose text has not changed " +
    "otherwise keeps the spaces that it has. Use it where a system pads its columns.",
  accepts: ["text", "enum"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    inner: z
      .boolean()
      .default(false)
      .describe("Also make one space of several spaces between words"),
  }),
  sentence: ({ inner }) =>
    inner
      ? "Takes white space off both ends and leaves single spaces between words."
      : "Takes white space off both ends.",

  compile({ inner }) {
    return eachValue({
      kind: "lossy",
      read(value) {
        if (typeof value !== "string") return value;
        const trimmed = value.trim();
        return inner ? trimmed.replace(/\s+/g, " ") : trimmed;
      },
      write: (value) => value,
    });
  },

  examples: [
    { settings: {}, forward: ["  Ada  B "], gives: ["Ada  B"] },
    { settings: { inner: true }, forward: [" Ada   B "], gives: ["Ada B"] },
    { settings: {}, forward: [null, "", " "], gives: [null, "", ""] },
    { settings: {}, backward: ["Ada"], previous: ["Ada   "], gives: ["Ada   "] },
    { settings: {}, backward: ["Eve"], previous: ["Ada   "], gives: ["Eve"] },
    { settings: {}, backward: ["Ada"], gives: ["Ada"] },
  ],
});
