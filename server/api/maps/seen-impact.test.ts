import { expect, test } from "vitest";
import { keepPreview, noteOf } from "./seen-impact.ts";

const OF = { draft: 7, live: 2 };
const FUSE = { kind: "deletes", system: "shop", count: 3, of: 40 } as const;

test("a preview without fuses asks for nothing, a blown fuse for a reason", () => {
  keepPreview("calm", OF, []);
  keepPreview("blown", OF, [FUSE]);
  expect(noteOf("Spring", { preview: "calm", reason: "" }, OF)).toBe("Spring");
  expect(() => noteOf("Spring", { preview: "blown", reason: "" }, OF)).toThrow("say why");
  expect(noteOf("", { preview: "blown", reason: "They are old." }, OF)).toBe(
    "Published although asked: They are old.",
  );
});

test("another draft, another live version, another way or an unknown preview: look again", () => {
  keepPreview("seen", OF, []);
  const seen = { preview: "seen", reason: "I am sure." };
  for (const of of [
    { draft: 8, live: 2 },
    { draft: 7, live: 3 },
    { version: 7, live: 2 },
  ]) {
    expect(() => noteOf("", seen, of)).toThrow("Look again");
  }
  expect(() => noteOf("", { ...seen, preview: "never made" }, OF)).toThrow("Look again");
});

test("what nobody has looked at asks for a reason", () => {
  expect(() => noteOf("", { preview: null, reason: "" }, OF)).toThrow("Nobody has looked");
  expect(noteOf("", { preview: null, reason: "Fire." }, OF)).toContain("Fire.");
});
