import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lawRuns } from "../../testing/law-runs.ts";
import { diffMaps, type RuleChange } from "../diff.ts";
import type { MapDocument } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import { applyEdit } from "../edits.ts";
import { ruleKey, rulesOf } from "../rules.ts";
import { isSame } from "../same.ts";
import { mapDocuments, type Pick, randomEdit } from "../testing/arbitrary.ts";
import { SHOP_MAP } from "../testing/shop-map.ts";
import { restoreRule } from "./restore-rule.ts";

function choices(): fc.Arbitrary<Pick> {
  return fc.infiniteStream(fc.nat({ max: 0xffff })).map((stream) => {
    return (count) => Number(stream.next().value) % count;
  });
}

function edited(from: MapDocument, ...all: Edit[]): MapDocument {
  return all.reduce((map, edit) => {
    const result = applyEdit(map, edit);
    if (!result.ok) throw new Error(result.refusal.message);
    return result.document;
  }, from);
}

const changesBetween = (before: MapDocument, after: MapDocument): RuleChange[] =>
  diffMaps(before, after).entities.flatMap(({ fields }) => fields.flatMap((one) => one.changes));

const nameOf = ({ rule, place }: RuleChange) => ({ kind: rule, place });

function restored(from: MapDocument, into: MapDocument, change: RuleChange): MapDocument {
  const restoration = restoreRule({ from, into }, nameOf(change), 3);
  if (!restoration.ok) throw new Error(restoration.message);
  return edited(into, restoration.edit);
}

function editedAtRandom(from: MapDocument, pick: Pick): MapDocument {
  let map = from;
  for (let edit = 0; edit < 4; edit += 1) {
    const result = applyEdit(map, randomEdit(map, pick));
    if (result.ok) map = result.document;
  }
  return map;
}

function holds(from: MapDocument, into: MapDocument, change: RuleChange): "made" | "refused" {
  const restoration = restoreRule({ from, into }, nameOf(change), 3);
  if (!restoration.ok) {
    expect(restoration.message).toMatch(/.\.$/s);
    expect(restoration.message).not.toMatch(/undefined|\[object/);
    return "refused";
  }
  const left = changesBetween(from, edited(into, restoration.edit));
  expect(left.map((one) => ruleKey(nameOf(one)))).not.toContain(ruleKey(nameOf(change)));
  return "made";
}

describe("a rule of an earlier version", () => {
  test("comes back, or it is said why not: in every pair of maps, for every difference", () => {
    const count = { made: 0, refused: 0 };
    fc.assert(
      fc.property(mapDocuments, choices(), (from, pick) => {
        const into = editedAtRandom(from, pick);
        for (const change of changesBetween(from, into)) {
          count[holds(from, into, change)] += 1;
        }
      }),
      lawRuns(300),
    );
    expect(count.made).toBeGreaterThan(200);
    // Edits at random take whole entities and systems away; even so more comes back than not.
    expect(count.refused).toBeLessThan(count.made);
  }, 60_000);

  test("comes back alone", () => {
    const into = edited(
      SHOP_MAP,
      { type: "change-field", entity: "product", field: "price", changes: { name: "Cost" } },
      { type: "set-policy", entity: "product", field: "price", policy: { kind: "max" } },
      { type: "set-match-keys", entity: "product", matchKeys: [] },
    );
    const changes = changesBetween(SHOP_MAP, into);
    const policy = changes.find(({ rule }) => rule === "policy");
    if (policy === undefined) throw new Error("The policy differs.");
    const restoration = restoreRule({ from: SHOP_MAP, into }, nameOf(policy), 3);
    expect(restoration.ok && restoration.edit).toMatchObject({
      label: "Bring back what happens when two edits meet of Price, as in version 3",
    });
    const result = restored(SHOP_MAP, into, policy);
    const others = (map: MapDocument) =>
      [...rulesOf(map)]
        .filter((rule) => ruleKey(rule) !== ruleKey(nameOf(policy)))
        .map(({ kind, place, value }) => ({ kind, place, value }));
    expect(isSame(others(result), others(into))).toBe(true);
    expect(changesBetween(SHOP_MAP, result).map(({ rule }) => rule)).not.toContain("policy");
  });

  test("that was removed comes back at its place, as a whole", () => {
    const into = edited(SHOP_MAP, { type: "remove-field", entity: "product", field: "sku" });
    const field = changesBetween(SHOP_MAP, into).find(({ rule }) => rule === "field");
    if (field === undefined) throw new Error("The field was removed.");
    const result = restored(SHOP_MAP, into, field);
    expect(result.entities[0]?.fields).toEqual(SHOP_MAP.entities[0]?.fields);
  });

  test("that the draft says already is said to be there", () => {
    const rule = { kind: "title", place: { entity: "product" } } as const;
    expect(restoreRule({ from: SHOP_MAP, into: SHOP_MAP }, rule, 3)).toEqual({
      ok: false,
      message: "The draft says so already.",
    });
  });

  test("an edge whose binding is gone says what has to come back first", () => {
    const [binding] = SHOP_MAP.bindings;
    const [edge] = binding?.edges ?? [];
    if (binding === undefined || edge === undefined) throw new Error("The map has edges.");
    const into = edited(SHOP_MAP, { type: "remove-binding", binding: binding.id });
    const place = { binding: binding.id, edge: edge.id };
    const restoration = restoreRule({ from: SHOP_MAP, into }, { kind: "edge", place }, 3);
    expect(restoration).toEqual({
      ok: false,
      message: "The draft has no such binding. Bring the binding back.",
    });
  });
});
