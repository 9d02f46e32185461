import { z } from "zod";
import { eachValue } from "./each-value.ts";
import { defineTransform } from "./transform.ts";

export const emptyAsNone = defineTransform({
  id: "empty-as-none",
  summary: "Takes the empty text for no value.",
  help:
    "Many systems write an empty text where they have no value. The hub then gets no value. On " +
    "the way back choose what the system wants: no value (null), or the empty text where its " +
    "column must not be null. A row that is blank already stays as it is.",
  accepts: ["text", "enum"],
  returns: ["text", "enum", "integer", "decimal", "date", "time", "instant"],
  settings: z.strictObject({
    write: z.enum(["none", "empty"]).default("none").describe("What the system gets for no value"),
  }),
  sentence: ({ write }) =>
    write === "empty"
      ? "Takes the empty text for no value, and writes it for no value."
      : "Takes the empty text for no value.",

  compile({ write }) {
    return eachValue({
      kind: "lossy",
      read: (value) => (typeof value === "string" && value.trim() === "" ? null : value),
      write: (value) => (value === null && write === "empty" ? "" : value),
    });
  },

  examples: [
    { settings: {}, forward: [""], gives: [null] },
    { settings: {}, forward: ["  "], gives: [null] },
    { settings: {}, forward: ["Ada"], gives: ["Ada"] },
    { settings: {}, backward: [null], gives: [null] },
    { settings: { write: "empty" }, backward: [null], gives: [""] },
    { settings: { write: "empty" }, backward: [null], previous: [null], gives: [null] },
    { settings: {}, backward: [null], previous: [" "], gives: [" "] },
    { settings: {}, backward: [null], previous: ["Ada"], gives: [null] },
  ],
});
