import { describe, expect, test } from "vitest";
import { foldKey } from "./fold-key.ts";

describe("foldKey", () => {
  test.each([
    ["as it is", "A-1 ", {}, undefined, "A-1 "],
    ["the field's own options apply", " A-1", { trim: true, ignoreCase: true }, {}, "a-1"],
    ["spaces and case for the key alone", " A-1", {}, { trim: true, ignoreCase: true }, "a-1"],
    ["accents", "Zoë Müller", {}, { ignoreAccents: true }, "Zoe Muller"],
    ["accents told apart or together", "Zoe\u0308", {}, { ignoreAccents: true }, "Zoe"],
    ["digits alone", "+49 (30) 12-34", {}, { only: "digits" }, "49301234"],
    ["letters and digits alone", "ab.12/é", {}, { only: "letters-and-digits" }, "ab12é"],
    ["all of it", "Ö-7 x", {}, { ignoreCase: true, ignoreAccents: true, only: "digits" }, "7"],
    ["nothing left", "n/a", {}, { only: "digits" }, ""],
  ] as const)("%s", (_name, text, options, key, folded) => {
    expect(foldKey(text, options, key)).toBe(folded);
  });
});
