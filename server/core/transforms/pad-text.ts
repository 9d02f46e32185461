import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { eachValue, type One, ofText, proving } from "./each-value.ts";
import { defineTransform, problem } from "./transform.ts";

export const padText = defineTransform({
  id: "pad-text",
  summary: "Takes filling characters off, or fills up to a fixed length: '000042' is '42'.",
  help:
    "For systems whose codes have a fixed length. Say the length, the character that fills and on " +
    "which side; and whether it is taken off or filled up on the way to the hub. The way back does " +
    "the opposite. A text that is too long for the length is a problem and waits, and so does one " +
    "that begins with the filling character itself where it would be taken off again.",
  accepts: ["text", "enum", "integer"],
  returns: ["text", "enum", "integer"],
  settings: z.strictObject({
    operation: z.enum(["remove", "fill"]).describe("What is done on the way to the hub"),
    length: z.int().min(1).max(100).describe("How many characters the filled text has"),
    character: z
      .string()
      .regex(/^[ -~]$/, "Use one plain character, such as 0.")
      .default("0")
      .describe("What it is filled with"),
    side: z.enum(["start", "end"]).default("start").describe("On which side"),
  }),
  sentence: ({ operation, length, character, side }) => {
    const where = side === "start" ? "in front" : "behind";
    return operation === "remove"
      ? `Takes ${quoteValue(character)} off ${where}; on the way back fills up to ${length}.`
      : `Fills up with ${quoteValue(character)} ${where} to ${length}; on the way back takes it off.`;
  },

  compile({ operation, length, character, side }) {
    const fill = ofText((text): One => {
      const missing = length - Array.from(text.normalize("NFC")).length;
      if (missing < 0) {
        return problem("too-long", `${quoteValue(text)} has more than ${length} characters.`);
      }
      const filling = character.repeat(missing);
      return side === "start" ? filling + text : text + filling;
    });
    const strip = ofText((text) => stripped(text, character, side));
    const [read, write] = operation === "remove" ? [strip, fill] : [fill, strip];
    return eachValue({ kind: "lossy", read, write: proving(read, write) });
  },

  examples: [
    { settings: { operation: "remove", length: 6 }, forward: ["000042"], gives: ["42"] },
    { settings: { operation: "remove", length: 6 }, forward: ["000000"], gives: ["0"] },
    { settings: { operation: "remove", length: 6 }, backward: ["42"], gives: ["000042"] },
    {
      settings: { operation: "remove", length: 6 },
      backward: ["42"],
      previous: ["042"],
      gives: ["042"],
    },
    { settings: { operation: "remove", length: 3 }, backward: ["1234"], fails: "too-long" },
    { settings: { operation: "remove", length: 6 }, backward: ["042"], fails: "no-way-back" },
    {
      settings: { operation: "remove", length: 6, character: " ", side: "end" },
      forward: ["ab    ", null, ""],
      gives: ["ab", null, ""],
    },
    { settings: { operation: "fill", length: 4 }, forward: ["7"], gives: ["0007"] },
    { settings: { operation: "fill", length: 4 }, forward: ["12345"], fails: "too-long" },
    { settings: { operation: "fill", length: 4 }, backward: ["0007"], gives: ["7"] },
    {
      settings: { operation: "fill", length: 4, character: "00" },
      forward: ["7"],
      fails: "settings",
    },
  ],
});

/** Without the filling; one character always stays: "000" => "0". */
function stripped(text: string, character: string, side: "start" | "end"): string {
  let [from, to] = [0, text.length];
  if (side === "start") while (from < to - 1 && text[from] === character) from += 1;
  else while (to > 1 && text[to - 1] === character) to -= 1;
  return text.slice(from, to);
}
