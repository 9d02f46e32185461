import { z } from "zod";
import { type FieldValue, isList } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, notText, type One, proving } from "./each-value.ts";
import { defineTransform, problem } from "./transform.ts";

/** A list of more has another meaning than a text with commas. */
const MEMBERS_MAX = 1_000;

export const splitList = defineTransform({
  id: "split-list",
  summary: "Makes a list of one text: 'red, green' is red and green; or a text of a list.",
  help:
    "Say what stands between the members: a comma, a semicolon, \\n for a line break, \\t for a " +
    "tab. Spaces around a member and members that are empty are left out. On the way back the " +
    "members are joined; a member that holds the separator waits, for it would come back as two. " +
    "A row that lists the same keeps its own writing.",
  accepts: ["text", "enum", "list", "set"],
  returns: ["list", "set", "text"],
  settings: z.strictObject({
    column: z.enum(["text", "list"]).default("text").describe("What the system has"),
    separator: z.string().min(1).max(20).default(",").describe("What stands between two members"),
  }),
  sentence: ({ column, separator }) =>
    column === "text"
      ? `Makes a list of a text at ${quoteValue(separator)}; on the way back joins it.`
      : `Joins a list with ${quoteValue(separator)}; on the way back takes the text apart.`,

  compile({ column, separator: written }) {
    const separator = written.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
    // A space that is written beside a comma is no matter when it is read.
    const mark = separator.trim() === "" ? separator : separator.trim();
    const apart = (value: FieldValue) => split(value, mark);
    const join = (value: FieldValue) => joined(value, separator);
    const [read, write] = column === "text" ? [apart, join] : [join, apart];
    return eachValue({ kind: "lossy", read, write: proving(read, write) });
  },

  examples: [
    {
      settings: {},
      forward: ["red, green,, blue ", "", null],
      gives: [["red", "green", "blue"], [], null],
    },
    { settings: { separator: "; " }, backward: [["red", "green"]], gives: ["red; green"] },
    { settings: {}, backward: [["red"]], previous: ["red,"], gives: ["red,"] },
    { settings: {}, backward: [["red, green"]], fails: "no-way-back" },
    { settings: {}, backward: [["red", null]], fails: "type" },
    { settings: { separator: "\\n" }, forward: ["a b\nc"], gives: [["a b", "c"]] },
    { settings: { column: "list", separator: ", " }, forward: [["a", "b"]], gives: ["a, b"] },
    { settings: { column: "list" }, backward: ["a,b"], gives: [["a", "b"]] },
    { settings: {}, forward: [["a"]], fails: "type" },
    { settings: {}, forward: ["a,".repeat(1_001)], fails: "too-many" },
  ],
});

function split(value: FieldValue, mark: string): One {
  if (value === null) return null;
  if (typeof value !== "string") return notText(value);
  const parts = value.split(mark, MEMBERS_MAX + 1);
  if (parts.length > MEMBERS_MAX) {
    return problem("too-many", `${quoteValue(value)} has more than ${MEMBERS_MAX} members.`);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

function joined(value: FieldValue, separator: string): One {
  if (value === null) return null;
  if (!isList(value)) return problem("type", `${quoteValue(value)} is not a list.`);
  const strange = value.find((member) => typeof member !== "string");
  return strange === undefined ? value.join(separator) : notText(strange);
}
