import { MapDocument } from "../../core/map/document.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { Dice } from "./dice.ts";
import type { Scenario } from "./scenario.ts";
import type { FieldName, Shape } from "./shapes.ts";

/** Seeds in which one or two systems sync a part of their rows only. */
export const isScoped = (seed: number): boolean => seed % 11 === 4;

/** Some systems are about those rows only that do not have this value. */
export function withScope(scenario: Scenario, dice: Dice): Scenario {
  const chosen = dice.shuffle(scenario.shapes).slice(0, dice.random.integer(1, 2));
  const bindings = scenario.document.bindings.map((binding) => {
    const shape = chosen.find(({ system }) => system === binding.system);
    if (shape === undefined) return binding;
    const { field, value } = excluded(shape);
    const [[column, written] = ["", ""]] = Object.entries(shape.write({ [field]: value }));
    return {
      ...binding,
      scope: {
        conditions: [{ of: column, operator: "is-not", values: [String(written)] }],
        whenLeft: dice.pick(["stop", "stop", "gone"]),
      },
    };
  });
  return { ...scenario, document: MapDocument.parse({ ...scenario.document, bindings }) };
}

/** The value that puts a row of a shape outside, where its binding has a scope. */
function excluded({ edges }: Shape): { field: FieldName; value: string } {
  const hasState = edges.some(({ fields }) => fields.includes("state"));
  return hasState ? { field: "state", value: "retired" } : { field: "given", value: "Dee" };
}

/** Whether a row is none of its binding's business: told once more, without the product's words. */
export function isOutside(document: MapDocument, shape: Shape, row: Columns | null): boolean {
  const binding = document.bindings.find(({ system }) => system === shape.system);
  if (binding?.scope === undefined || row === null) return false;
  return excludes(shape, shape.read(row));
}

/** The same of a row that would be made of these fields: one that is not mapped is not set. */
export function wouldBeOutside(
  document: MapDocument,
  shape: Shape,
  values: Readonly<Record<string, { readonly v: unknown }>>,
): boolean {
  const binding = document.bindings.find(({ system }) => system === shape.system);
  if (binding?.scope === undefined) return false;
  const { field, value } = excluded(shape);
  const isWritten = binding.edges.some(
    ({ direction, fields }) => direction !== "in" && fields.includes(field),
  );
  return isWritten && values[field]?.v === value;
}

function excludes(shape: Shape, fields: Readonly<Record<string, unknown>>): boolean {
  const { field, value } = excluded(shape);
  return fields[field] === value;
}
