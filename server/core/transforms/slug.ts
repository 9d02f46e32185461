import { z } from "zod";
import { quoteValue } from "../values/format-value.ts";
import { type One, ofText, oneWay } from "./each-value.ts";
import { plain } from "./letters.ts";
import { defineTransform, problem } from "./transform.ts";

export const slug = defineTransform({
  id: "slug",
  summary: "Makes a name for a web address: 'Desk lamp, Größe L' becomes 'desk-lamp-groesse-l'.",
  help:
    "Small letters a to z, digits, and one hyphen for everything between. There is no way back. " +
    "Two texts may give the same name, so let the system or a rule of the field see to it that " +
    "names are unique. A text without any such letter or digit is a problem and waits.",
  accepts: ["text", "enum", "integer"],
  returns: ["text"],
  settings: z.strictObject({
    length: z.int().min(1).max(500).default(100).describe("The most characters that there may be"),
  }),
  sentence: ({ length }) => `Makes a name for a web address of at most ${length} characters.`,

  compile({ length }) {
    return oneWay(
      ofText((text): One => {
        const words = plain(text, true)
          .toLowerCase()
          .replace(/['’]/g, "")
          .split(/[^a-z0-9]+/)
          .filter((word) => word !== "");
        const name = words.join("-").slice(0, length).replace(/-$/, "");
        if (name !== "") return name;
        return problem("no-letters", `${quoteValue(text)} has no letter or digit for an address.`);
      }),
    );
  },

  examples: [
    { settings: {}, forward: ["Desk lamp, Größe L"], gives: ["desk-lamp-groesse-l"] },
    { settings: {}, forward: ["  Ada's – 2nd  "], gives: ["adas-2nd"] },
    { settings: { length: 9 }, forward: ["desk lamps"], gives: ["desk-lamp"] },
    { settings: { length: 5 }, forward: ["desk lamps"], gives: ["desk"] },
    { settings: {}, backward: ["Desk lamp"], gives: ["desk-lamp"] },
    { settings: {}, forward: ["東京"], fails: "no-letters" },
    { settings: {}, forward: [null, ""], gives: [null, ""] },
  ],
});
