import { describe, expect, test } from "vitest";
import type { MapDocument } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { applyEdit } from "../../../server/core/map/edits.ts";
import { SHOP_MAP } from "../../../server/core/map/testing/shop-map.ts";
import type { Candidate, SuggestionAnswer } from "./candidates.ts";
import { candidatesOf, pairsOf } from "./candidates.ts";
import { scoreWords } from "./score-words.ts";
import { confirmingOf, takingOf } from "./take.ts";

const BINDING = "shop-product";
const HALVE = { transform: "scale", settings: { operation: "divide", factor: "2" } };

const pair = (column: string, field: string, score: number, more = {}): Candidate => ({
  ...{ binding: BINDING, column, field, score, reason: "The names are alike.", step: null },
  ...{ stepWords: null, goesBack: true, samples: [], ...more },
});

const noSchema = () => null;

function bindingIn(document: MapDocument) {
  const found = document.bindings.find(({ id }) => id === BINDING);
  if (found === undefined) throw new Error("The map for tests has a shop.");
  return found;
}

function mapAfter(edit: Edit): MapDocument {
  const result = applyEdit(SHOP_MAP, edit);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.document;
}

const answerOf = (...candidates: Candidate[]): SuggestionAnswer => ({
  ...{ revision: 1, candidates, dismissed: [], rows: 9, together: 0, problem: null },
});

describe("taking suggestions", () => {
  test("draws each with its step, and notes what was taken", () => {
    const taking = takingOf(SHOP_MAP, noSchema, [pair("qty", "stock", 0.93, { step: HALVE })]);
    if (taking === null) throw new Error("It is free.");
    const edge = bindingIn(mapAfter(taking.edit)).edges.at(-1);
    expect(edge).toMatchObject({ columns: ["qty"], fields: ["stock"], direction: "both" });
    expect(edge?.steps).toEqual([HALVE]);
    expect(taking.taken).toEqual([
      expect.objectContaining({ edge: edge?.id, column: "qty", field: "stock", score: 0.93 }),
    ]);
  });

  test("with a step that has no way back, only reads", () => {
    const [edge] = [pair("qty", "stock", 0.9, { step: HALVE, goesBack: false })].map((one) => {
      const taking = takingOf(SHOP_MAP, noSchema, [one]);
      return taking === null ? null : bindingIn(mapAfter(taking.edit)).edges.at(-1);
    });
    expect(edge?.direction).toBe("in");
  });

  test("never touches what is joined, whoever drew it", () => {
    const before = bindingIn(SHOP_MAP).edges;
    const taking = takingOf(SHOP_MAP, noSchema, [
      ...[pair("colour", "name", 0.99), pair("name", "stock", 0.98), pair("qty", "stock", 0.95)],
    ]);
    expect(taking?.taken.map(({ column }) => column)).toEqual(["qty"]);
    if (taking === null) return;
    expect(bindingIn(mapAfter(taking.edit)).edges.slice(0, before.length)).toEqual(before);
  });

  test("of two that want one field takes the first alone", () => {
    const taking = takingOf(SHOP_MAP, noSchema, [
      ...[pair("qty", "stock", 0.95), pair("amount", "stock", 0.94)],
    ]);
    expect(taking?.taken.map(({ column }) => column)).toEqual(["qty"]);
  });

  test("where nothing is free does nothing", () => {
    expect(takingOf(SHOP_MAP, noSchema, [pair("colour", "name", 0.99)])).toBeNull();
  });

  test("is confirmed by a gesture that changes nothing of the map and has a name", () => {
    const note = { ...pair("qty", "stock", 0.9), edge: "stock" };
    expect(mapAfter(confirmingOf([note]))).toEqual(SHOP_MAP);
    expect(confirmingOf([note])).toMatchObject({ label: "Confirm qty" });
    expect(confirmingOf([note, note])).toMatchObject({ label: "Confirm 2 suggested lines" });
  });
});

describe("candidates", () => {
  const answer = answerOf(
    ...[pair("qty", "stock", 0.95), pair("amount", "stock", 0.5), pair("qty", "name", 0.4)],
    ...[pair("colour", "stock", 0.1)],
  );
  const answers = new Map([[BINDING, answer]]);

  test("of a field are its columns, the likeliest first; of what is joined there are none", () => {
    const of = (field: string) =>
      candidatesOf({ kind: "field", field, binding: null }, [bindingIn(SHOP_MAP)], answers).map(
        ({ column }) => column,
      );
    expect(of("stock")).toEqual(["qty", "amount", "colour"]);
    expect(of("name")).toEqual([]);
  });

  test("for all are pairs that do not stand in each other's way, and possible at least", () => {
    const pairs = pairsOf(bindingIn(SHOP_MAP), answer);
    expect(pairs.map(({ column, field }) => `${column} ${field}`)).toEqual(["qty stock"]);
  });
});

test.each([
  [0.9, "Very likely"],
  [0.89, "Likely"],
  [0.3, "Possible"],
  [0.29, "Unlikely"],
])("a score of %d is %s", (score, words) => {
  expect(scoreWords(score)).toBe(words);
});
