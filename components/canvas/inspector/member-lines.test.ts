import { expect, test } from "vitest";
import { membersOf, textOf } from "./member-lines.ts";

const AUSTRIA = { id: "de", name: "German (Austria)" };

test.each([
  ["en English\n\n  de   German (Austria) ", [{ id: "en", name: "English" }, AUSTRIA]],
  [
    "Web shop\nMärkte",
    [
      { id: "web-shop", name: "Web shop" },
      { id: "markte", name: "Märkte" },
    ],
  ],
  ["", "Name one member or more."],
  ["en English\nen US", "“en” is there twice."],
  ["x".repeat(46), `“${"x".repeat(46)}” is too long.`],
])("the lines %j", (text, members) => {
  expect(membersOf(text)).toEqual(members);
});

test("members come back from their lines", () => {
  const members = [AUSTRIA, { id: "pt-br", name: "Portuguese (Brazil)" }];
  expect(membersOf(textOf(members))).toEqual(members);
});
