import { findTransform } from "../../transforms/registry.ts";
import type { Transform } from "../../transforms/transform.ts";
import type { FieldType } from "../../values/field-value.ts";
import { list } from "../field-words.ts";
import type { ColumnSchema } from "../object-schema.ts";
import { type EdgeInMap, isNamedByKey, placeOf, wordsOf } from "./edge-in-map.ts";
import { type Fit, fitOf } from "./fits.ts";
import type { MapProblem } from "./problem.ts";

/** Whether the values of an edge's columns, steps and fields fit each other. */
export function* checkTypes(of: EdgeInMap): Generator<MapProblem> {
  const { edge, entity, schema } = of;
  const columns = edge.columns.map((name) => schema?.columns.find((one) => one.name === name));
  const types = edge.fields.map((id) => entity?.fields.find((one) => one.id === id)?.type);
  // Several columns that name a row together make one text, whatever their types are.
  if (isNamedByKey(of)) return;
  if (edge.steps.length === 0) {
    for (const [at, column] of columns.entries()) {
      const type = types[at];
      if (column !== undefined && type !== undefined) yield* checkDirect(of, column, type);
    }
    return;
  }
  yield* checkChain(of, columns, types);
}

/** A column that goes into a field as it is. */
function* checkDirect(of: EdgeInMap, column: ColumnSchema, type: FieldType): Generator<MapProblem> {
  const { edge } = of;
  const inward = edge.direction === "out" ? "always" : fitOf(column.type, type);
  const outward = edge.direction === "in" ? "always" : fitOf(type, column.type);
  const place = { ...placeOf(of), column: column.name };
  // A reference is written as a key that a row of this very system has.
  const isAnyDoubtful = isDoubtful(type, inward) || isDoubtful(column.type, outward);
  const about = `${wordsOf(of)}: the column ${column.name} is ${column.nativeType} and the field \
is ${type}.`;
  if (inward === "never" || outward === "never") {
    const message = `${about} Their values do not fit. Add a step between them, or change the \
field's type.`;
    yield { severity: "error", code: "type", place, message };
  } else if (type !== "reference" && isAnyDoubtful) {
    const message = `${about} Values that are not spelled exactly so wait in quarantine. Add a \
step between them, or change the field's type.`;
    yield { severity: "warning", code: "doubtful-type", place, message };
  }
}

/** Codes are texts: that a text may be none of them is what the enum is for. */
function isDoubtful(to: FieldType, fit: Fit): boolean {
  return fit === "sometimes" && to !== "enum";
}

/** Each step must be able to take what comes before it, and the fields what the last one gives. */
function* checkChain(
  of: EdgeInMap,
  columns: readonly (ColumnSchema | undefined)[],
  fields: readonly (FieldType | undefined)[],
): Generator<MapProblem> {
  const chain = of.edge.steps.map((step) => findTransform(step.transform));
  const transforms = chain.filter((transform) => transform !== null);
  for (const [at, transform] of transforms.entries()) {
    const wrong = at === 0 ? wrongColumn(transform, columns) : wrongStep(transform, transforms, at);
    if (wrong === null) continue;
    const message = `${wordsOf(of)}, step ${at + 1}: "${transform.title}" takes \
${list(transform.accepts)}, and ${wrong}. Choose another step.`;
    yield { severity: "error", code: "type", place: { ...placeOf(of), step: at }, message };
  }
  const given = transforms.at(-1)?.returns ?? [];
  const wrong = fields.find((field) => field !== undefined && !givesAny(given, field));
  if (wrong === undefined) return;
  const message = `${wordsOf(of)}: the last step gives ${list(given)} and the field is ${wrong}. \
Add a step, or change the field's type.`;
  yield { severity: "error", code: "type", place: placeOf(of), message };
}

function givesAny(given: readonly FieldType[], field: FieldType): boolean {
  return given.some((type) => fitOf(type, field) !== "never");
}

function wrongColumn(
  transform: Transform,
  columns: readonly (ColumnSchema | undefined)[],
): string | null {
  const wrong = columns.find((one) => one !== undefined && !transform.accepts.includes(one.type));
  return wrong === undefined ? null : `the column ${wrong.name} is ${wrong.nativeType}`;
}

function wrongStep(
  transform: Transform,
  transforms: readonly Transform[],
  at: number,
): string | null {
  const given = transforms[at - 1]?.returns ?? [];
  if (given.some((type) => transform.accepts.includes(type))) return null;
  return `the step before gives ${list(given)}`;
}
