import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PROTECTIONS, take } from "./protections.ts";

test.each(PROTECTIONS)("$name can still be taken away", (protection) => {
  for (const { file } of protection.changes) {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
    expect(take(protection, file, source)).not.toBe(source);
  }
});
