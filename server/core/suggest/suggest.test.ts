import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assign } from "./assign.ts";
import { type Candidate, suggest } from "./suggest.ts";
import { CRM, SHOP, side, TRUTH } from "./testing/tables.ts";
import type { Both } from "./together.ts";

const NAMES = (sides: typeof CRM) => sides.map((one) => ({ ...one, values: [] }));

function named({ column, field }: Candidate): readonly [string, string] {
  return [CRM[column]?.names[0] ?? "", SHOP[field]?.names[0] ?? ""];
}

function of(column: string, found: readonly Candidate[]): Candidate | undefined {
  return found.find((one) => named(one)[0] === column);
}

describe("two tables of customers", () => {
  const found = suggest({ columns: CRM, fields: SHOP });

  test("have their columns joined as they belong together, and the others left alone", () => {
    const chosen = assign(found).filter(({ score }) => score >= 0.5);
    expect(Object.fromEntries(chosen.map(named))).toEqual(TRUTH);
  });

  test("have fewer of them found by their names alone", () => {
    const byNames = suggest({ columns: NAMES(CRM), fields: NAMES(SHOP) });
    const chosen = assign(byNames).filter(({ score }) => score >= 0.5);
    const right = chosen.map(named).filter(([column, field]) => TRUTH[column] === field);
    expect(right).toHaveLength(chosen.length);
    expect(right.length).toBeLessThan(Object.keys(TRUTH).length);
    expect(right.length).toBeGreaterThan(2);
  });

  test("say why, with three pairs of values", () => {
    expect(of("mail", found)).toMatchObject({
      reason:
        "The names mean the same, 80 % of its values are there too, and the values look alike.",
      samples: [
        { column: "a@alder.test", field: "a@alder.test", meets: true },
        { column: "b@birch.test", field: "B@birch.test", meets: true },
        { column: "c@cedar.test", field: "c@cedar.test", meets: true },
      ],
    });
  });

  test.each([
    ["credit_cents", { transform: "scale", settings: { operation: "divide", factor: "100" } }],
    ["ctry", { transform: "country-code", settings: { column: "alpha-2", field: "name" } }],
    ["mail", null],
  ])("have the step suggested that %s needs", (column, step) => {
    expect(of(column, found)?.step).toEqual(step);
  });
});

const WORDS = ["active", "inactive", "inactive"];

describe("rows whose records are known", () => {
  const columns = [side("x1", "text", ["A", "I"]), side("x2", "text", ["A", "I"])];
  const fields = [side("Status", "text", ["active", "inactive"]), side("Note", "text", ["A"])];
  /** Every third row is active; the second column has the same codes, and other rows have them. */
  const told = (column: number, field: number): Both[] =>
    Array.from({ length: 12 }, (_, at) => ({
      column: at % (column === 0 ? 3 : 2) === 0 ? "A" : "I",
      field: field === 0 ? (WORDS[at % 3] ?? null) : null,
    }));

  test("show a table of codes, which tells two columns of the same codes apart", () => {
    const [first] = suggest({ columns, fields, together: told });
    expect(first).toMatchObject({ column: 0, field: 0 });
    expect(first?.step).toEqual({
      transform: "value-table",
      settings: {
        rows: [
          { from: "A", to: "active" },
          { from: "I", to: "inactive" },
        ],
      },
    });
    expect(first?.reason).toContain("12 of 12 rows have what their record has");
    expect(first?.score).toBeGreaterThan(0.5);
  });

  test("that never agree take the trust in a pair of like names away", () => {
    const pair = { columns: [side("city", "text", [])], fields: [side("City", "text", [])] };
    const never = () =>
      ["Bonn", "Kiel", "Trier", "Ulm"].map((column) => ({ column, field: `${column} Süd` }));
    const [alone] = suggest(pair);
    const [seen] = suggest({ ...pair, together: never });
    expect(seen?.score).toBeLessThan(alone?.score ?? 0);
  });
});

describe("laws", () => {
  const words = fc.constantFrom("price", "preis", "name", "mail", "x", "country", "no", "qty");
  const value = fc.constantFrom(
    "1",
    "2.5",
    "Ada",
    "ada",
    "2026-01-02",
    "02.01.2026",
    "DE",
    "",
    null,
  );
  const sides = fc.array(
    fc.record({
      names: fc.array(words, { minLength: 1, maxLength: 3 }).map((some) => [some.join("_")]),
      type: fc.constantFrom("text" as const, "decimal" as const, "date" as const),
      values: fc.array(value, { maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 4 },
  );

  test("scores are between 0 and 1, and of one column they are no more than one together", () => {
    fc.assert(
      fc.property(sides, sides, (columns, fields) => {
        const found = suggest({ columns, fields });
        for (const [at] of columns.entries()) {
          const own = found.filter(({ column }) => column === at);
          expect(own.every(({ score }) => score > 0 && score < 1)).toBe(true);
          expect(own.reduce((sum, { score }) => sum + score, 0)).toBeLessThanOrEqual(1.02);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("the order of values makes no difference", () => {
    fc.assert(
      fc.property(sides, sides, (columns, fields) => {
        const turned = columns.map((one) => ({ ...one, values: one.values.toReversed() }));
        expect(suggest({ columns: turned, fields })).toEqual(suggest({ columns, fields }));
      }),
      { numRuns: 60 },
    );
  });

  test("the order of columns makes no difference to any pair", () => {
    fc.assert(
      fc.property(sides, sides, (columns, fields) => {
        const byPair = (found: readonly Candidate[], place: (column: number) => number) =>
          new Map(found.map((one) => [`${place(one.column)} ${one.field}`, one.score]));
        const last = columns.length - 1;
        const turned = suggest({ columns: columns.toReversed(), fields });
        expect(byPair(turned, (column) => last - column)).toEqual(
          byPair(suggest({ columns, fields }), (column) => column),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("without a step a pair is as likely seen from either side", () => {
    const texts = sides.map((some) => some.map((one) => ({ ...one, type: "text" as const })));
    fc.assert(
      fc.property(texts, texts, (columns, fields) => {
        const there = suggest({ columns, fields });
        const back = suggest({ columns: fields, fields: columns });
        fc.pre([...there, ...back].every(({ step }) => step === null));
        const scores = ({ column, field, score }: Candidate) => `${column} ${field} ${score}`;
        const turned = back.map((one) => ({ ...one, column: one.field, field: one.column }));
        expect(turned.map(scores).toSorted()).toEqual(there.map(scores).toSorted());
      }),
      { numRuns: 60 },
    );
  });

  test("what is chosen for all has each column and each field once", () => {
    fc.assert(
      fc.property(sides, sides, (columns, fields) => {
        const chosen = assign(suggest({ columns, fields }));
        expect(new Set(chosen.map(({ column }) => column)).size).toBe(chosen.length);
        expect(new Set(chosen.map(({ field }) => field)).size).toBe(chosen.length);
      }),
      { numRuns: 60 },
    );
  });
});
