import { z } from "zod";
import { ofText, oneWay } from "./each-value.ts";
import { plain } from "./letters.ts";
import { defineTransform } from "./transform.ts";

export const plainLetters = defineTransform({
  id: "plain-letters",
  summary: "Writes letters without accents: 'José Müller' becomes 'Jose Muller'.",
  help:
    "For systems that know the letters A to Z only. There is no way back, for nobody can tell " +
    "where the accents were: on an edge that only writes, the system gets the plain letters; on " +
    "one that only reads, the hub does. Letters of other scripts stay as they are.",
  accepts: ["text", "enum"],
  returns: ["text", "enum"],
  settings: z.strictObject({
    spelledOut: z
      .boolean()
      .default(false)
      .describe("Write ä, ö, ü as ae, oe, ue and å, ø as aa, oe"),
  }),
  sentence: ({ spelledOut }) =>
    spelledOut ? "Writes letters without accents, ü as ue." : "Writes letters without accents.",

  compile: ({ spelledOut }) => oneWay(ofText((text) => plain(text, spelledOut))),

  examples: [
    { settings: {}, forward: ["José Müller"], gives: ["Jose Muller"] },
    { settings: {}, forward: ["Łódź, Straße, Ærø"], gives: ["Lodz, Strasse, AEro"] },
    { settings: { spelledOut: true }, forward: ["Müller, Århus"], gives: ["Mueller, Aarhus"] },
    { settings: {}, forward: ["Žižkov"], gives: ["Zizkov"] },
    { settings: {}, forward: ["Йод, が"], gives: ["Йод, が"] },
    { settings: {}, backward: ["José"], gives: ["Jose"] },
    { settings: {}, forward: [null, ""], gives: [null, ""] },
    { settings: {}, forward: [false], fails: "type" },
  ],
});
