import { z } from "zod";
import { type FieldValue, isList } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, proving } from "./each-value.ts";
import { memberKey, ofList } from "./lists.ts";
import { defineTransform, problem } from "./transform.ts";

export const listContains = defineTransform({
  id: "list-contains",
  summary: "Says whether a list has a member: is 'newsletter' among the tags?",
  help:
    "Makes yes or no of a list. On the way back the member is put into the row's own list, or " +
    "taken out of it, and the others stay. So a switch of one system can be a tag of another.",
  accepts: ["list", "set"],
  returns: ["boolean"],
  settings: z.strictObject({ member: z.string().min(1).max(200).describe("Which member") }),
  sentence: ({ member }) =>
    `Says whether a list has ${quoteValue(member)}; on the way back puts it in or takes it out.`,

  compile({ member }) {
    const key = memberKey(member);
    const isIt = (one: FieldValue) => memberKey(one) === key;
    const read = ofList((list) => list.some(isIt));
    const write = (value: FieldValue, before: FieldValue | undefined): One => {
      const list = before !== undefined && isList(before) ? before : [];
      if (value === true) return [...list, member];
      if (value === false) return list.filter((one) => !isIt(one));
      if (value === null) return null;
      return problem("type", `${quoteValue(value)} is neither true nor false.`);
    };
    return eachValue({ kind: "lossy", read, write: proving(read, write) });
  },

  examples: [
    { settings: { member: "a" }, forward: [["a", "b"], ["b"], null], gives: [true, false, null] },
    { settings: { member: "a" }, backward: [true], previous: [["b"]], gives: [["b", "a"]] },
    { settings: { member: "a" }, backward: [false], previous: [["a", "b", "a"]], gives: [["b"]] },
    { settings: { member: "a" }, backward: [true], previous: [["a"]], gives: [["a"]] },
    { settings: { member: "a" }, backward: [true], gives: [["a"]] },
    { settings: { member: "a" }, backward: ["yes"], fails: "type" },
    { settings: { member: "a" }, forward: ["a"], fails: "type" },
  ],
});
