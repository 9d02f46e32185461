import { describe, expect, test } from "vitest";
import { SHOP_MAP } from "../../server/core/map/testing/shop-map.ts";
import { EDGE_LOOKS, edgeMeaning, ribbonWidth, strokeOf } from "./edge-meaning.ts";
import { partsOf } from "./parts.ts";

/** Goal: every direction against every part. */
test.each([
  ["in", "owner", "owner-in", 2, "none", "chevron"],
  ["both", "owner", "owner-both", 2, "chevron", "chevron"],
  ["out", "owner", "writes-out", 2, "chevron", "none"],
  ["in", "contributor", "contributes-in", 1.25, "none", "chevron"],
  ["both", "contributor", "contributes-both", 1.25, "chevron", "chevron"],
  ["out", "contributor", "writes-out", 2, "chevron", "none"],
  ["in", "none", "reads-only", 1, "none", "dot"],
  ["both", "none", "writes-out", 2, "chevron", "none"],
  ["out", "none", "writes-out", 2, "chevron", "none"],
] as const)("%s of a system with the part %s => %s", (direction, part, meaning, width, a, b) => {
  expect(edgeMeaning(direction, part)).toBe(meaning);
  expect(EDGE_LOOKS[meaning]).toMatchObject({ width, atSystem: a, atField: b });
});

test("a line has its system's colour only where the system decides", () => {
  expect(strokeOf(EDGE_LOOKS["owner-both"], 3)).toBe("var(--line-3)");
  expect(strokeOf(EDGE_LOOKS["writes-out"], 3)).toBe("var(--ink-2)");
  expect(strokeOf(EDGE_LOOKS["reads-only"], 3)).toBe("var(--rule-strong)");
});

test("a ribbon grows with its edges and ends at 10 px", () => {
  expect(ribbonWidth(1)).toBe(1.5);
  expect(ribbonWidth(7)).toBe(4.5);
  expect(ribbonWidth(5_000)).toBe(10);
});

describe("the part of a system", () => {
  const [product] = SHOP_MAP.entities;
  const part = (id: string) => {
    const field = product?.fields.find((one) => one.id === id);
    return field === undefined ? [] : [...partsOf(SHOP_MAP, "product", field)];
  };

  test.each([
    [
      "price",
      [
        ["erp", "owner"],
        ["shop", "contributor"],
      ],
      "ranked, the second fills when blank",
    ],
    [
      "name",
      [
        ["erp", "contributor"],
        ["shop", "contributor"],
      ],
      "no rule: equal rank",
    ],
    ["stock", [["erp", "owner"]], "no rule, and only one tells it"],
  ])("of %s is %j: %s", (field, parts) => {
    expect(part(field)).toEqual(parts);
  });

  test("is that of its first place, where it is named twice", () => {
    const [field] = product?.fields ?? [];
    if (field === undefined) throw new Error("The entity for tests has fields.");
    const tiers = [
      { systems: ["erp"], when: "always" as const },
      { systems: ["shop", "erp"], when: "always" as const },
    ];
    const parts = partsOf(SHOP_MAP, "product", {
      ...field,
      ownership: { tiers, refused: "revert" },
    });
    expect([...parts]).toEqual([
      ["erp", "owner"],
      ["shop", "contributor"],
    ]);
  });
});
