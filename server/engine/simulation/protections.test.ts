import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PROTECTIONS, take } from "./protections.ts";

test.each(PROTECTIONS)("$name can still be taken away", (protection) => {
  const source = readFileSync(new URL(`../../${protection.file}`, import.meta.url), "utf8");
  expect(take(protection, source)).not.toBe(source);
});
