import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSecretBox, deriveKey, SecretProblem } from "./secrets.ts";

const SECRET = "ab".repeat(32);

describe("a secret box", () => {
  test("opens what it sealed", () => {
    const box = createSecretBox(SECRET);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (plain, context) => {
        expect(box.open(box.seal(plain, context), context)).toBe(plain.toWellFormed());
      }),
    );
  });

  test("never seals the same text the same way twice", () => {
    const box = createSecretBox(SECRET);
    expect(box.seal("x", "system")).not.toBe(box.seal("x", "system"));
  });

  test("does not open in another context", () => {
    const box = createSecretBox(SECRET);
    expect(() => box.open(box.seal("x", "system a"), "system b")).toThrow(SecretProblem);
  });

  test("says which key is missing", () => {
    const sealed = createSecretBox("cd".repeat(32)).seal("x", "system");
    expect(() => createSecretBox(SECRET).open(sealed, "system")).toThrow(/sealed with key/);
  });

  test.each([
    ["nothing", ""],
    ["a plain password", "hunter2"],
    ["a future format", "v9:00000000:AAAA"],
  ])("refuses %s", (_what, sealed) => {
    expect(() => createSecretBox(SECRET).open(sealed, "system")).toThrow(SecretProblem);
  });

  test("refuses a text in which one byte was changed", () => {
    const box = createSecretBox(SECRET);
    const [format, keyId, body = ""] = box.seal("secret", "system").split(":");
    const bytes = Buffer.from(body, "base64url");
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    const changed = `${format}:${keyId}:${bytes.toString("base64url")}`;
    expect(() => box.open(changed, "system")).toThrow(/damaged/);
  });
});

test("keys differ by purpose, and a short secret is refused", () => {
  expect(deriveKey(SECRET, "a")).not.toEqual(deriveKey(SECRET, "b"));
  expect(() => deriveKey("abcd", "a")).toThrow(/64 hexadecimal/);
});
