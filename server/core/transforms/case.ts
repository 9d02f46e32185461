import { z } from "zod";
import { eachValue } from "./each-value.ts";
import { defineTransform } from "./transform.ts";

const FORMS = ["keep", "upper", "lower", "title"] as const;
type Form = (typeof FORMS)[number];

const WORDS: Readonly<Record<Form, string>> = {
  keep: "as it is",
  upper: "in capitals",
  lower: "in small letters",
  title: "with Capital Initials",
};

/** A word's first letter, then the rest; hyphens and apostrophes begin a word as spaces do. */
const WORD = /(\p{L})([\p{L}\p{M}\p{N}]*)/gu;

export const letterCase = defineTransform({
  id: "case",
  summary: "Writes text in capitals, small letters or with capital initials.",
  help:
    "Choose how the hub and how the system write the text. A row whose text is the same but for " +
    "its case keeps its own spelling. If other systems may write the field in any case, switch " +
    "on 'ignore case' for the field: else a value that this step cannot keep waits.",
  accepts: ["text", "enum"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    field: z.enum(FORMS).default("keep").describe("How the hub writes it"),
    column: z.enum(FORMS).default("keep").describe("How the system writes it"),
  }),
  sentence: ({ field, column }) =>
    `Writes the text ${WORDS[field]} in the hub and ${WORDS[column]} in the system.`,

  compile({ field, column }) {
    if (field === "keep" && column === "keep") return "Choose a case for the hub or the system.";
    return eachValue({
      kind: "lossy",
      read: (value) => (typeof value === "string" ? spell(value, field) : value),
      write: (value) => (typeof value === "string" ? spell(value, column) : value),
    });
  },

  examples: [
    { settings: { field: "upper" }, forward: ["Ada"], gives: ["ADA"] },
    { settings: { field: "lower" }, forward: ["Ada@Example.ORG"], gives: ["ada@example.org"] },
    {
      settings: { field: "title" },
      forward: ["ANNE-MARIE o'neill"],
      gives: ["Anne-Marie O'Neill"],
    },
    { settings: { field: "upper" }, forward: [null, ""], gives: [null, ""] },
    { settings: { field: "upper" }, backward: ["ADA"], previous: ["Ada"], gives: ["Ada"] },
    { settings: { field: "upper" }, backward: ["EVE"], previous: ["Ada"], gives: ["EVE"] },
    { settings: { field: "title", column: "upper" }, backward: ["Ada"], gives: ["ADA"] },
    { settings: {}, forward: ["Ada"], fails: "settings" },
  ],
});

function spell(text: string, form: Form): string {
  switch (form) {
    case "keep":
      return text;
    case "upper":
      return text.toUpperCase();
    case "lower":
      return text.toLowerCase();
    case "title":
      return text
        .normalize("NFC")
        .replace(WORD, (_, first: string, rest: string) => initial(first, rest));
  }
}

/** One letter may have a capital of two: "ß" => "Ss". */
function initial(first: string, rest: string): string {
  const [capital = "", ...others] = first.toUpperCase();
  return capital + (others.join("") + rest).toLowerCase();
}
