import { z } from "zod";
import { canonicalDecimal } from "../values/decimal.ts";
import { eachValue } from "./each-value.ts";
import { Exact, ofNumber } from "./exact.ts";
import { defineTransform } from "./transform.ts";

export const add = defineTransform({
  id: "add",
  summary: "Adds a fixed number, or takes it away.",
  help:
    "For counts that begin at 0 in one system and at 1 in the other, and for scales that are " +
    "shifted. It is calculated exactly, and the way back does the opposite.",
  accepts: ["integer", "decimal", "text"],
  returns: ["integer", "decimal"],
  settings: z.strictObject({
    operation: z.enum(["add", "subtract"]).describe("What is done on the way to the hub"),
    amount: z
      .string()
      .regex(/^(?:0|[1-9]\d{0,17})(?:\.\d{1,18})?$/, "Use a number such as 1 or 0.5.")
      .describe("The number to add or take away"),
  }),
  sentence: ({ operation, amount }) =>
    operation === "add"
      ? `Adds ${amount}; on the way back takes it away.`
      : `Takes ${amount} away; on the way back adds it.`,

  compile({ operation, amount }) {
    const plus = ofNumber((number) => shown(new Exact(number).plus(amount)));
    const minus = ofNumber((number) => shown(new Exact(number).minus(amount)));
    const [read, write] = operation === "add" ? [plus, minus] : [minus, plus];
    return eachValue({ kind: "lossless", read, write });
  },

  examples: [
    {
      settings: { operation: "add", amount: "1" },
      forward: ["0", null, ""],
      gives: ["1", null, ""],
    },
    { settings: { operation: "add", amount: "0.1" }, forward: ["0.2"], gives: ["0.3"] },
    { settings: { operation: "subtract", amount: "1" }, forward: ["0"], gives: ["-1"] },
    { settings: { operation: "add", amount: "1" }, backward: ["1"], gives: ["0"] },
    { settings: { operation: "add", amount: "1" }, forward: ["one"], fails: "type" },
    { settings: { operation: "add", amount: "one" }, forward: ["1"], fails: "settings" },
  ],
});

function shown(number: InstanceType<typeof Exact>): string {
  return canonicalDecimal(number.toFixed()) ?? number.toFixed();
}
