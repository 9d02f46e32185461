import { describe, expect, test } from "vitest";
import type { OwnershipRule } from "../../../server/core/map/document.ts";
import {
  changed,
  moved,
  type Rank,
  ranksOf,
  ruleOf,
  withClearing,
  withOwner,
  without,
} from "./tiers.ts";

const RULE: OwnershipRule = {
  tiers: [
    { systems: ["erp", "pim"], when: "always" },
    { systems: ["shop"], when: "blank" },
  ],
  refused: "review",
};

/** "erp =pim shop?": "=" has the rank of the one before, "?" fills when blank. */
const words = (ranks: readonly Rank[]) =>
  ranks
    .map(
      ({ system, when, isTied }) => `${isTied ? "=" : ""}${system}${when === "blank" ? "?" : ""}`,
    )
    .join(" ");

const ranks = ranksOf(RULE);

test("a rule and its list are the same thing", () => {
  expect(words(ranks)).toBe("erp =pim shop?");
  expect(ruleOf(ranks, RULE)).toEqual(RULE);
  expect(ruleOf([])).toBeNull();
  expect(ranksOf(undefined)).toEqual([]);
});

describe("changing the list", () => {
  test("an owner stands before all others", () => {
    expect(words(withOwner(ranks, "shop"))).toBe("shop erp =pim");
    expect(words(withOwner(ranks, "crm"))).toBe("crm erp =pim shop?");
  });

  test("a moved line stands alone", () => {
    expect(words(moved(ranks, 1, 0))).toBe("pim erp shop?");
    expect(words(moved(ranks, 0, 2))).toBe("pim shop? erp");
  });

  test("what was tied to a removed first line stands alone", () => {
    expect(words(without(ranks, "erp"))).toBe("pim shop?");
  });

  test("systems of one rank decide under one condition", () => {
    expect(words(changed(ranks, 0, { when: "blank" }))).toBe("erp? =pim? shop?");
    expect(words(changed(ranks, 1, { when: "blank" }))).toBe("erp? =pim? shop?");
    expect(words(changed(ranks, 2, { isTied: true }))).toBe("erp =pim =shop");
    expect(words(changed(ranks, 1, { isTied: false }))).toBe("erp pim shop?");
  });
});

describe("who may clear", () => {
  const limited = withClearing(RULE, "shop", false);

  test("a system loses the right, and the others keep theirs", () => {
    expect(limited).toEqual({ ...RULE, clear: ["erp", "pim"] });
    expect(withClearing(limited, "erp", false).clear).toEqual(["pim"]);
  });

  test("when all have it again the rule says nothing of it", () => {
    expect(withClearing(limited, "shop", true)).toEqual(RULE);
  });

  test("who leaves the list loses the right, and what the rule says else stays", () => {
    const once = { ...limited, once: true as const };
    expect(ruleOf(without(ranks, "pim"), once)).toEqual({
      ...once,
      tiers: [
        { systems: ["erp"], when: "always" },
        { systems: ["shop"], when: "blank" },
      ],
      clear: ["erp"],
    });
  });
});
