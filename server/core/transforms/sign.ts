import { z } from "zod";
import type { FieldValue } from "../values/field-value.ts";
import { eachValue, type One } from "./each-value.ts";
import { ofNumber } from "./exact.ts";
import { defineTransform, problem } from "./transform.ts";

export const sign = defineTransform({
  id: "sign",
  summary: "Turns a number's sign around, or leaves the sign out.",
  help:
    "'Opposite' is for systems that book the same amount with the other sign: 5 is -5 and back. " +
    "'Leave out' gives the hub the number without its sign; on the way back a row that had a minus " +
    "gets it again, and a new row gets none.",
  accepts: ["integer", "decimal", "text"],
  returns: ["integer", "decimal"],
  settings: z.strictObject({
    operation: z.enum(["opposite", "leave out"]).describe("What becomes of the sign"),
  }),
  sentence: ({ operation }) =>
    operation === "opposite"
      ? "Turns the sign around: 5 is -5 in the hub; on the way back the same."
      : "Leaves the sign out: -5 is 5 in the hub; a row that had a minus keeps it.",

  compile({ operation }) {
    if (operation === "opposite") {
      return eachValue({ kind: "lossless", read: opposite, write: opposite });
    }
    const read = ofNumber((number) => (number.startsWith("-") ? number.slice(1) : number));
    return eachValue({ kind: "lossy", read, write: withSignOf });
  },

  examples: [
    { settings: { operation: "opposite" }, forward: ["5", "-5", "0"], gives: ["-5", "5", "0"] },
    { settings: { operation: "opposite" }, forward: ["-2.50", null, ""], gives: ["2.5", null, ""] },
    { settings: { operation: "opposite" }, backward: ["5"], gives: ["-5"] },
    { settings: { operation: "opposite" }, forward: ["five"], fails: "type" },
    { settings: { operation: "leave out" }, forward: ["-5", "5"], gives: ["5", "5"] },
    { settings: { operation: "leave out" }, backward: ["7"], previous: ["-5"], gives: ["-7"] },
    { settings: { operation: "leave out" }, backward: ["7"], previous: ["5"], gives: ["7"] },
    { settings: { operation: "leave out" }, backward: ["7"], gives: ["7"] },
    { settings: { operation: "leave out" }, backward: ["-7"], fails: "negative" },
  ],
});

const opposite = ofNumber((number) => {
  if (number === "0") return number;
  return number.startsWith("-") ? number.slice(1) : `-${number}`;
});

function withSignOf(value: FieldValue, before: FieldValue | undefined): One {
  const hadMinus = typeof before === "string" && before.startsWith("-");
  return ofNumber((number): One => {
    if (number.startsWith("-")) {
      return problem("negative", `${number} has a minus, which this step would leave out.`);
    }
    return hadMinus && number !== "0" ? `-${number}` : number;
  })(value);
}
