import { expect, test } from "vitest";
import { safeReturn } from "./safe-return.ts";

test.each([
  ["/runs?state=failed#last", "/runs?state=failed#last"],
  [undefined, "/"],
  ["https://evil.example.com", "/"],
  ["//evil.example.com/x", "/"],
  ["/\\evil.example.com", "/"],
  ["javascript:alert(1)", "/"],
])("%s leads to %s", (wanted, expected) => {
  expect(safeReturn(wanted)).toBe(expected);
});
