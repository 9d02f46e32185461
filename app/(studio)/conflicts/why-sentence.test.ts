import { expect, test } from "vitest";
import { CONFLICT_REASONS } from "../../../server/core/reconcile/state.ts";
import { whySentence } from "./why-sentence.ts";

test("every reason is a sentence that names who and what", () => {
  const names = { field: "Price", sides: ["ERP", "Shop", "CRM"] };
  for (const reason of CONFLICT_REASONS) {
    const sentence = whySentence({ reason }, names);
    expect(sentence).toContain("ERP, Shop and CRM");
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  }
});

test("a contest of two reads naturally", () => {
  expect(whySentence({ reason: "policy-review" }, { field: "Name", sides: ["ERP", "Shop"] })).toBe(
    "ERP and Shop changed Name after they had last agreed. The map asks a person then.",
  );
});
