import { findTransform, prepareStep, TRANSFORMS } from "../../transforms/registry.ts";
import type { CompiledStep } from "../../transforms/transform.ts";
import type { Edit } from "../edits/edit.ts";
import { list } from "../field-words.ts";
import { bindingWords, systemName } from "../place.ts";
import { type EdgeInMap, isNamedByKey, placeOf, wordsOf } from "./edge-in-map.ts";
import { checkTypes } from "./edge-types.ts";
import { type MapProblem, nearestName, suggestion } from "./problem.ts";

export function* checkEdge(of: EdgeInMap): Generator<MapProblem> {
  yield* checkColumns(of);
  const steps: CompiledStep[] = [];
  for (const [at, step] of of.edge.steps.entries()) {
    const found = [...checkStep(of, at)];
    yield* found;
    const prepared = prepareStep(step);
    if (prepared.ok) steps.push(prepared.step);
  }
  // Counts and types along the way say nothing while a step of it is unknown.
  if (steps.length < of.edge.steps.length) return;
  yield* checkWayBack(of, steps);
  const arity = checkArity(of, steps);
  if (arity === null) yield* checkTypes(of);
  else yield arity;
}

function* checkColumns(of: EdgeInMap): Generator<MapProblem> {
  const { document, binding, edge, schema } = of;
  if (schema === undefined) return;
  const names = schema.columns.map((column) => column.name);
  for (const name of edge.columns) {
    const column = schema.columns.find((one) => one.name === name);
    const place = { ...placeOf(of), column: name };
    if (column === undefined) {
      const message = `${bindingWords(document, binding.id)} has no column ${name}.\
${suggestion(name, names)} Choose one that it has, or remove the edge ${edge.id}.`;
      const fix = renameFix(of, name, nearestName(name, names));
      yield { severity: "error", code: "unknown-column", place, message, ...fix };
    } else if (column.readOnly && edge.direction !== "in") {
      const message = `${wordsOf(of)}: ${systemName(document, binding.system)} computes the column \
${name} itself, so nothing can be written there. Make the edge read only.`;
      yield { severity: "error", code: "read-only-column", place, message, fix: inwardFix(of) };
    }
  }
  if (new Set(edge.columns).size < edge.columns.length) {
    const message = `${wordsOf(of)} names a column twice. Name each once.`;
    yield { severity: "error", code: "column-repeated", place: placeOf(of), message };
  }
}

function renameFix({ binding, edge }: EdgeInMap, from: string, to: string | null) {
  if (to === null) return {};
  const columns = edge.columns.map((column) => (column === from ? to : column));
  const edit: Edit = {
    ...{ type: "change-edge", binding: binding.id, edge: edge.id, changes: { columns } },
  };
  return { fix: { label: `Use ${to}`, edit } };
}

function inwardFix({ binding, edge }: EdgeInMap): { label: string; edit: Edit } {
  const edit: Edit = {
    ...{ type: "change-edge", binding: binding.id, edge: edge.id, changes: { direction: "in" } },
  };
  return { label: "Make the edge read only", edit };
}

function* checkStep(of: EdgeInMap, at: number): Generator<MapProblem> {
  const step = of.edge.steps[at];
  if (step === undefined) return;
  const place = { ...placeOf(of), step: at };
  const where = `${wordsOf(of)}, step ${at + 1}`;
  const transform = findTransform(step.transform);
  if (transform === null) {
    const names = TRANSFORMS.map((one) => one.id);
    const near = suggestion(step.transform, names);
    const message = `${where}: there is no transform ${step.transform}.\
${near === "" ? ` There are ${list(names)}.` : near}`;
    yield { severity: "error", code: "unknown-transform", place, message };
    return;
  }
  const prepared = transform.prepare(step.settings);
  for (const problem of prepared.ok ? [] : prepared.problems) {
    const setting = problem.place === "" ? "" : `, ${problem.place}`;
    const message = `${where} (${transform.title})${setting}: ${problem.message}`;
    yield { severity: "error", code: "bad-settings", place, message };
  }
}

function* checkWayBack(of: EdgeInMap, steps: readonly CompiledStep[]): Generator<MapProblem> {
  if (of.edge.direction === "in") return;
  const at = steps.findIndex((step) => step.backward === undefined);
  const step = of.edge.steps[at];
  if (step === undefined) return;
  const title = findTransform(step.transform)?.title ?? step.transform;
  const message = `${wordsOf(of)}: "${title}" has no way back, so nothing can be written through \
it. Make the edge read only, or choose another step.`;
  const place = { ...placeOf(of), step: at };
  yield { severity: "error", code: "one-way", place, message, fix: inwardFix(of) };
}

/** Follows the number of values from the columns to the fields. */
function checkArity(of: EdgeInMap, steps: readonly CompiledStep[]): MapProblem | null {
  const { edge } = of;
  let count = edge.columns.length;
  for (const [at, step] of steps.entries()) {
    if (step.inputs !== "each" && step.inputs !== count) {
      const title = findTransform(edge.steps[at]?.transform ?? "")?.title ?? "This step";
      const message = `${wordsOf(of)}, step ${at + 1}: "${title}" takes \
${countWords(step.inputs)} and gets ${count}. Change the columns or the steps before it.`;
      return { severity: "error", code: "arity", place: { ...placeOf(of), step: at }, message };
    }
    count = step.outputs === "each" ? count : step.outputs;
  }
  if (count === edge.fields.length || isNamedByKey(of)) return null;
  const message = `${wordsOf(of)} makes ${countWords(count)} and leads to ${edge.fields.length} \
field${edge.fields.length === 1 ? "" : "s"}. Add or remove fields, or a step that splits or joins.`;
  return { severity: "error", code: "arity", place: placeOf(of), message };
}

function countWords(count: number): string {
  return count === 1 ? "1 value" : `${count} values`;
}
