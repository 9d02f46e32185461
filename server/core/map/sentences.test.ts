import { describe, expect, test } from "vitest";
import { type MapDocument, OwnershipRule } from "./document.ts";
import {
  edgeSentence,
  ownershipSentence,
  policySentence,
  ruleWords,
  validationSentence,
} from "./sentences.ts";
import { SHOP_MAP } from "./testing/shop-map.ts";

function withOwnership(raw: unknown): MapDocument {
  const ownership = OwnershipRule.parse(raw);
  const entities = SHOP_MAP.entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map((field) => (field.id === "price" ? { ...field, ownership } : field)),
  }));
  return { ...SHOP_MAP, entities };
}

describe("who owns a field", () => {
  test.each([
    [{ tiers: [{ systems: ["erp"] }] }, "Price: ERP owns it; other edits are set back"],
    [
      { tiers: [{ systems: ["erp", "shop"] }], refused: "review" },
      "Price: ERP and Shop own it; other edits wait for a decision",
    ],
    [
      { tiers: [{ systems: ["erp"] }, { systems: ["shop"] }, { systems: ["crm"] }] },
      "Price: ERP owns it; Shop may change it and yields to ERP; " +
        "CRM may change it and yields to ERP and Shop; other edits are set back",
    ],
    [
      {
        tiers: [{ systems: ["erp"] }, { systems: ["shop", "crm"], when: "blank" }],
        refused: "keep-apart",
      },
      "Price: ERP owns it; Shop and CRM fill when blank; other systems keep their own value",
    ],
    [
      { tiers: [{ systems: ["erp", "shop"] }], once: true, clear: ["erp"] },
      "Price: ERP and Shop own it; set once, then changed by no system; " +
        "only ERP may clear it; other edits are set back",
    ],
    [
      {
        cases: [
          {
            when: [
              { of: "name", operator: "is", values: ["EU", "UK"] },
              { of: "stock", operator: "at-least", values: ["5"] },
            ],
            ...{ tiers: [{ systems: ["shop"] }], refused: "review" },
          },
          { when: [{ of: "sku", operator: "blank", values: [] }], tiers: [{ systems: ["crm"] }] },
        ],
        tiers: [{ systems: ["erp"] }],
      },
      "Price: while Name is EU or UK and Stock is at least 5: Shop owns it; other edits wait for " +
        "a decision. While SKU is empty: CRM owns it; other edits are set back. " +
        "Otherwise: ERP owns it; other edits are set back",
    ],
    [
      { tiers: [{ systems: ["erp"] }], clear: [] },
      "Price: ERP owns it; no system clears it; other edits are set back",
    ],
  ])("%j", (rule, sentence) => {
    expect(ownershipSentence(withOwnership(rule), "product", "price")).toBe(sentence);
  });

  test("without a rule is every system that maps it", () => {
    const of = (field: string) => ownershipSentence(SHOP_MAP, "product", field);
    expect(of("name")).toBe("Name: ERP and Shop may change it, with equal rank");
    expect(of("stock")).toBe("Stock: only ERP changes it");
    const unbound = { ...SHOP_MAP, bindings: [] };
    expect(ownershipSentence(unbound, "product", "name")).toBe("Name: no system changes it");
  });
});

test("what happens when two edits meet", () => {
  const of = (field: string) => policySentence(SHOP_MAP, "product", field);
  expect(of("sku")).toBe("SKU: when two edits of equal rank meet, a person decides");
  expect(of("stock")).toBe("Stock: when two edits of equal rank meet, both changes are added");
});

test("what an edge joins", () => {
  expect(edgeSentence(SHOP_MAP, "erp-product", "name")).toBe("ERP title and Name, both ways");
  expect(edgeSentence(SHOP_MAP, "shop-product", "price")).toBe(
    'Shop price_cents and Price, both ways, through "Multiply or divide"',
  );
});

test("what a value must meet", () => {
  const of = (field: string) => validationSentence(SHOP_MAP, "product", field);
  expect(of("price")).toBe("Price: at least 0");
  expect(of("name")).toBe("Name: any value of its type");
  expect(ruleWords({ kind: "length", min: 2, max: 40 })).toBe("2 to 40 characters");
  expect(ruleWords({ kind: "one-of", values: ["a", "b"] })).toBe("one of a, b");
});
