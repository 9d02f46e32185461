import { describe, expect, test } from "vitest";
import { asPosition } from "../core/position.ts";
import { cutOf } from "./decide-apart.ts";
import type { BoundChange } from "./observe.ts";

/** "7" is a change of transaction 7, "7>" one that changes a key, "-" one of no transaction. */
function rows(text: string): BoundChange[] {
  return text.split(" ").map((word, index) => {
    const transaction = word === "-" ? null : word.replace(">", "");
    const moved = word.endsWith(">") ? { previousExternalId: `old-${index}` } : {};
    const change = {
      ...{ kind: "row" as const, object: "o", operation: "update" as const, columns: {} },
      ...{ externalId: `${index}`, position: asPosition(`${index}`), at: null, transaction },
      ...moved,
    };
    return { rules: {} as BoundChange["rules"], change };
  });
}

describe("where rows are halved", () => {
  test.each([
    ["1 2 3 4", 2],
    ["- - -", 2],
    ["1", null],
    ["1 1 1 1", 2],
    ["1> 1> 2 3", 2],
    ["1 2> 2> 3", 1],
    ["2> 2> 2 3", 3],
    ["1 2 2> 2", 1],
    ["2> 2>", null],
  ])("%s", (text, at) => {
    expect(cutOf(rows(text))).toBe(at);
  });
});
