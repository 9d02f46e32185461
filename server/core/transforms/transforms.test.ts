import { describe, expect, test } from "vitest";
import { describeStep, findTransform, TRANSFORMS } from "./registry.ts";
import type { Example, StepResult, Transform } from "./transform.ts";

/** Runs an example; a settings error counts as the problem "settings". */
function outcome(transform: Transform, example: Example<unknown>): unknown {
  const prepared = transform.prepare(example.settings);
  if (!prepared.ok) return "settings";
  const result: StepResult | undefined =
    "forward" in example
      ? prepared.step.forward(example.forward)
      : prepared.step.backward?.(example.backward, example.previous ?? null);
  if (result === undefined) return "no way back";
  return result.ok ? result.values : result.code;
}

describe.each(TRANSFORMS.map((transform) => [transform.id, transform] as const))("%s", (_, t) => {
  test.each(t.examples.map((example) => [JSON.stringify(example), example] as const))(
    "%s",
    (_title, example) => {
      expect(outcome(t, example)).toEqual("gives" in example ? example.gives : example.fails);
    },
  );

  test("explains itself, and every setting", () => {
    expect(t.title.length * t.summary.length * t.help.length).toBeGreaterThan(0);
    for (const [name, schema] of Object.entries(t.settings.shape)) {
      expect(schema.description, name).toBeTruthy();
    }
  });

  test("refuses a setting that it does not know, naming it", () => {
    const prepared = t.prepare({ nonsense: 1 });
    expect(prepared.ok ? "" : JSON.stringify(prepared.problems)).toContain("nonsense");
  });
});

test.each([
  [
    {
      transform: "value-table",
      settings: { rows: [{ from: "A", to: "active" }], otherwise: null },
    },
    'Turns "A" to "active", all others to no value.',
  ],
  [{ transform: "trim", settings: {} }, "Takes white space off both ends."],
  [
    { transform: "value-table", settings: { rows: [{ from: 1, to: "active" }] } },
    'Value table: Use a text, true, false or null; write a number as a text: "1".',
  ],
  [{ transform: "magic", settings: {} }, 'magic: There is no transform "magic".'],
])("%j is described as: %s", (step, sentence) => {
  expect(describeStep(step)).toBe(sentence);
});

test("a mistake in an expression is told at the expression, with its place", () => {
  const prepared = findTransform("expression")?.prepare({
    expression: "value.trim() +\n  nothing",
  });
  expect(prepared).toMatchObject({
    problems: [
      {
        place: "expression",
        message: expect.stringMatching(/^Line 2, column 3: There is no "nothing"/),
      },
    ],
  });
});
