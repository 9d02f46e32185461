import { describe, expect, test } from "vitest";
import type { OwnershipRule } from "../../../server/core/map/document.ts";
import {
  changed,
  moveCase,
  moved,
  type Rank,
  ranksOf,
  ruleOf,
  withCase,
  withClearing,
  withOwner,
  without,
  withoutCase,
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
  expect(ruleOf([], { refused: "revert" })).toBeNull();
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

describe("cases", () => {
  const when = [{ of: "region", operator: "not-blank" as const, values: [] }];
  const two = withCase(withCase(RULE, when), [{ of: "state", operator: "blank", values: [] }]);

  test("a case begins with the owners that there are, and is looked at last", () => {
    expect(two.cases?.map((one) => one.when[0]?.of)).toEqual(["region", "state"]);
    expect(two.cases?.[0]).toEqual({ when, tiers: RULE.tiers, refused: RULE.refused });
  });

  test("a case is looked at earlier, and without any the rule is as it was", () => {
    expect(moveCase(two, 1).cases?.map((one) => one.when[0]?.of)).toEqual(["state", "region"]);
    expect(withoutCase(withoutCase(two, 0), 0)).toEqual(RULE);
  });

  test("another ranked list leaves the cases alone", () => {
    expect(ruleOf(without(ranks, "pim"), two)?.cases).toEqual(two.cases);
  });
});
