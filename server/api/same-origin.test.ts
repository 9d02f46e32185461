import { expect, test } from "vitest";
import { isSameOrigin } from "./same-origin.ts";

test.each([
  ["http://127.0.0.1:4000", "127.0.0.1:4000", true],
  ["https://fieldline.example.com", "fieldline.example.com", true],
  // The same site for cookies, and yet another program.
  ["http://127.0.0.1:9999", "127.0.0.1:4000", false],
  ["https://evil.example.com", "127.0.0.1:4000", false],
  ["null", "127.0.0.1:4000", false],
  [null, "127.0.0.1:4000", true],
])("a call from %s to %s: %s", (origin, host, same) => {
  const headers = new Headers({ host, ...(origin === null ? {} : { origin }) });
  expect(isSameOrigin(headers)).toBe(same);
});
