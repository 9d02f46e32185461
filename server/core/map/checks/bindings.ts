import type { Binding, Edge, Entity, MapDocument } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import { list } from "../field-words.ts";
import type { ColumnSchema, ObjectSchema } from "../object-schema.ts";
import { bindingWords, fieldName, systemName } from "../place.ts";
import type { Schemas } from "../schemas-for.ts";
import { checkArchive } from "./archive.ts";
import { checkEdge } from "./edges.ts";
import { tells } from "./owners.ts";
import { type MapProblem, nearestName, suggestion } from "./problem.ts";
import { checkScope } from "./scope.ts";

/** What can be wrong with bindings, given what was discovered of their systems. */
export function* checkBindings(document: MapDocument, schemas: Schemas): Generator<MapProblem> {
  for (const binding of document.bindings) yield* checkBinding(document, binding, schemas);
  const bound = new Set(document.bindings.map((binding) => binding.system));
  for (const { id, name } of document.systems) {
    if (!bound.has(id) || schemas[id] !== undefined) continue;
    const message = `${name}: what it holds is not known yet. Connect it under Systems, or apply \
a map file that says how to reach it.`;
    yield { severity: "error", code: "unread-system", place: { system: id }, message };
  }
}

function* checkBinding(
  document: MapDocument,
  binding: Binding,
  schemas: Schemas,
): Generator<MapProblem> {
  const objects = schemas[binding.system];
  const schema = objects?.find((object) => object.name === binding.object);
  const entity = document.entities.find((one) => one.id === binding.entity);
  if (schema !== undefined) yield* checkObject(document, binding, schema);
  else if (objects !== undefined) yield unknownObject(document, binding, objects);
  if (entity !== undefined) yield* checkMatchKeys(document, binding, entity);
  yield* checkScope({ document, binding, schema });
  yield* checkArchive({ document, binding, schema });
  yield* checkEmpty(document, binding);
  yield* checkTwice(document, binding);
  for (const edge of binding.edges) yield* checkEdge({ document, binding, edge, entity, schema });
}

function unknownObject(
  document: MapDocument,
  binding: Binding,
  objects: readonly ObjectSchema[],
): MapProblem {
  const names = objects.map((object) => object.name);
  const near = nearestName(binding.object, names);
  const message = `${systemName(document, binding.system)} has no object ${binding.object}.\
${suggestion(binding.object, names)} Choose one that it has, or remove the binding.`;
  const problem: MapProblem = {
    severity: "error",
    code: "unknown-object",
    place: { binding: binding.id },
    message,
  };
  if (near === null) return problem;
  const edit: Edit = { type: "change-binding", binding: binding.id, changes: { object: near } };
  return { ...problem, fix: { label: `Bind ${near}`, edit } };
}

function* checkObject(
  document: MapDocument,
  binding: Binding,
  schema: ObjectSchema,
): Generator<MapProblem> {
  const place = { binding: binding.id };
  const words = bindingWords(document, binding.id);
  if (schema.key.length === 0) {
    const message = `${words} has no key, so its rows cannot be told apart. Give it a primary key \
in ${systemName(document, binding.system)}, then read the system again.`;
    yield { severity: "error", code: "no-key", place, message };
  }
  if (binding.createsRows) yield* checkCreates(document, binding, schema);
}

function* checkCreates(
  document: MapDocument,
  binding: Binding,
  schema: ObjectSchema,
): Generator<MapProblem> {
  const written = new Set(
    binding.edges.filter((edge) => edge.direction !== "in").flatMap((edge) => edge.columns),
  );
  const needs = (column: ColumnSchema) =>
    !column.nullable && !column.hasDefault && !column.readOnly && !written.has(column.name);
  const missing = schema.columns.filter(needs).map((column) => column.name);
  if (missing.length === 0) return;
  const one = missing.length === 1;
  const message = `${bindingWords(document, binding.id)} cannot get new rows: ${list(missing)} \
${one ? "needs a value and nothing writes it" : "need values and nothing writes them"}. Map \
${one ? "it" : "them"}, or make no rows here.`;
  const edit: Edit = {
    ...{ type: "change-binding", binding: binding.id, changes: { createsRows: false } },
  };
  const fix = { label: "Make no rows here", edit };
  const place = { binding: binding.id, column: missing[0] ?? "" };
  yield { severity: "error", code: "required-column", place, message, fix };
}

/** Whether the rows of this binding can be recognised by any match key of the entity. */
function* checkMatchKeys(
  document: MapDocument,
  binding: Binding,
  entity: Entity,
): Generator<MapProblem> {
  if (entity.matchKeys.length === 0 || binding.edges.length === 0) return;
  const usable = entity.matchKeys.some((key) => key.every((field) => tells(binding, field)));
  if (usable) return;
  const key = entity.matchKeys[0] ?? [];
  const missing = key.filter((field) => !tells(binding, field));
  const names = missing.map((field) => fieldName(document, entity.id, field));
  const message = `${bindingWords(document, binding.id)} tells no match key of ${entity.name} \
whole: its rows cannot be matched with records of other systems. Map ${list(names)}, or choose \
another match key.`;
  const place = { binding: binding.id, ...(missing[0] === undefined ? {} : { field: missing[0] }) };
  yield { severity: "warning", code: "unmapped-key", place, message };
}

function* checkEmpty(document: MapDocument, binding: Binding): Generator<MapProblem> {
  const words = bindingWords(document, binding.id);
  const place = { binding: binding.id };
  if (binding.edges.length === 0) {
    const message = `${words} has no edge: nothing flows. Draw one, or remove the binding.`;
    yield { severity: "warning", code: "no-edges", place, message };
  }
}

/** Two edges of one binding must not write one column, nor tell one field. */
function* checkTwice(document: MapDocument, binding: Binding): Generator<MapProblem> {
  const words = bindingWords(document, binding.id);
  const writing = binding.edges.filter((edge) => edge.direction !== "in");
  for (const { name: column, first, again } of sharedBy(writing, (edge) => edge.columns)) {
    const place = { binding: binding.id, edge: again.id, column };
    const message = `${words}: the edges ${first.id} and ${again.id} both write the column \
${column}. Make one of them read only, or remove it.`;
    const fix = readOnlyFix(binding, again);
    yield { severity: "error", code: "column-twice", place, message, fix };
  }
  const telling = binding.edges.filter((edge) => edge.direction !== "out");
  for (const { name: field, first, again } of sharedBy(telling, (edge) => edge.fields)) {
    const place = { binding: binding.id, edge: again.id, field };
    const name = fieldName(document, binding.entity, field);
    const message = `${words}: the edges ${first.id} and ${again.id} both tell ${name}. Make one \
of them write only, or remove it.`;
    yield { severity: "error", code: "field-twice", place, message };
  }
}

/** The names that more than one edge has, each with the first edge and every later one. */
function* sharedBy(
  edges: readonly Edge[],
  namesOf: (edge: Edge) => readonly string[],
): Generator<{ name: string; first: Edge; again: Edge }> {
  const owners = new Map<string, Edge>();
  for (const edge of edges) {
    for (const name of new Set(namesOf(edge))) {
      const first = owners.get(name);
      if (first === undefined) owners.set(name, edge);
      else yield { name, first, again: edge };
    }
  }
}

function readOnlyFix(binding: Binding, edge: Edge): { label: string; edit: Edit } {
  const edit: Edit = {
    ...{ type: "change-edge", binding: binding.id, edge: edge.id, changes: { direction: "in" } },
  };
  return { label: "Only read this column", edit };
}
