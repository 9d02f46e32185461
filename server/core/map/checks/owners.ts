import { compileCondition } from "../../conditions/condition.ts";
import { conditionsWords } from "../../conditions/condition-words.ts";
import { dependingOf, findCycle } from "../../ownership/decision-order.ts";
import type { Binding, Condition, Entity, MapDocument, Rights } from "../document.ts";
import { list } from "../field-words.ts";
import { type Decided, placeOf } from "../groups.ts";
import { ownersOf, rightsIn } from "../owners.ts";
import { systemName } from "../place.ts";
import { isSame } from "../same.ts";
import type { MapProblem } from "./problem.ts";

/** What can be wrong with who decides a field. */
export function* checkOwners(
  document: MapDocument,
  entity: Entity,
  field: Decided,
  bindings: readonly Binding[],
): Generator<MapProblem> {
  const place = placeOf(entity, field);
  for (const system of ownersOf(field.ownership)) {
    if (!document.systems.some((one) => one.id === system)) continue;
    const about = `${entity.name} › ${field.name}: ${systemName(document, system)}`;
    const own = bindings.filter((binding) => binding.system === system);
    const way = "Map it, or take the system out of the owners.";
    if (own.length === 0) {
      const message = `${about} owns it, and has no object bound to ${entity.name}. ${way}`;
      yield { severity: "error", code: "unbound-owner", place, message };
    } else if (!own.some((binding) => tellsAny(binding, field))) {
      const message = `${about} owns it, and none of its columns leads there. ${way}`;
      yield { severity: "warning", code: "unmapped-owner", place, message };
    }
  }
  for (const rights of rightsIn(field.ownership)) {
    yield* checkRights(document, entity, field, rights);
  }
  yield* checkCases(entity, field, bindings);
}

/** Whether rows of the binding tell the field's value. */
export function tells(binding: Binding, field: string): boolean {
  return binding.edges.some((edge) => edge.direction !== "out" && edge.fields.includes(field));
}

const tellsAny = (binding: Binding, { fields }: Decided): boolean =>
  fields.some((field) => tells(binding, field));

/** A system that is named twice, or that may clear what it may not decide. */
function* checkRights(
  document: MapDocument,
  entity: Entity,
  field: Decided,
  { tiers, clear = [] }: Rights,
): Generator<MapProblem> {
  const place = placeOf(entity, field);
  const about = (system: string) =>
    `${entity.name} › ${field.name}: ${systemName(document, system)}`;
  const named = tiers.flatMap(({ systems }) => systems);
  for (const system of new Set(named)) {
    if (named.indexOf(system) === named.lastIndexOf(system)) continue;
    const message = `${about(system)} is named twice among the owners: only the first place \
counts. Remove the other.`;
    yield { severity: "warning", code: "owner-twice", place, message };
  }
  for (const system of clear) {
    if (named.includes(system)) continue;
    const message = `${about(system)} may clear it and decides nothing else there: a system \
outside the owners decides nothing. Make it an owner, or take away its right to clear.`;
    yield { severity: "error", code: "clear-without-owner", place, message };
  }
}

/** Conditions that mean nothing in their field, or that never decide. */
function* checkCases(
  entity: Entity,
  field: Decided,
  bindings: readonly Binding[],
): Generator<MapProblem> {
  const place = placeOf(entity, field);
  const cases = field.ownership?.cases ?? [];
  const where = `${entity.name} › ${field.name}, the case "`;
  for (const [at, { when }] of cases.entries()) {
    const title = `${where}${conditionsWords(entity.fields, when)}"`;
    const wrong = when.flatMap((condition) => [...wrongIn(condition, entity, bindings)]);
    for (const { way, ...problem } of wrong) {
      yield { ...problem, place, message: `${title}: ${way}` };
    }
    if (!cases.slice(0, at).some((earlier) => isSame(earlier.when, when))) continue;
    const message = `${title} stands there twice: only the first is ever used. Remove the other.`;
    yield { severity: "warning", code: "case-twice", place, message };
  }
}

/** What is wrong with one condition, and the way out. */
function* wrongIn(condition: Condition, { fields }: Entity, bindings: readonly Binding[]) {
  const of = fields.find(({ id }) => id === condition.of);
  if (of === undefined) return;
  const compiled = compileCondition(condition, of);
  if (!compiled.ok) {
    const way = `${compiled.message} Change the condition on ${of.name}.`;
    yield { severity: "error", code: "bad-condition", way } as const;
  }
  if (bindings.some((binding) => tells(binding, of.id))) return;
  const way = `no system tells ${of.name}, so that only a person ever sets it. Map it, or use \
another field.`;
  yield { severity: "warning", code: "unmapped-condition", way } as const;
}

/** Fields whose owners depend on each other: none of them could be decided before the other. */
export function* checkCycles(entity: Entity): Generator<MapProblem> {
  const cycle = findCycle(dependingOf(entity));
  if (cycle === null) return;
  const names = cycle.map(({ name }) => name);
  const place = { entity: entity.id, field: cycle[0]?.fields[0] ?? "" };
  const message = `${entity.name}: who owns ${list(names)}, or what decides between two edits, depends \
on the others of them, so that none can be decided first. Take one of the conditions away.`;
  yield { severity: "error", code: "condition-cycle", place, message };
}
