import { compileEntityRule } from "../../validation/entity-rules.ts";
import { compileRules } from "../../validation/field-rules.ts";
import {
  type Binding,
  type Entity,
  type Field,
  fieldsOfRule,
  type MapDocument,
} from "../document.ts";
import { decidedOf } from "../groups.ts";
import { referredEntity } from "../references.ts";
import { checkGroups } from "./groups.ts";
import { checkCycles, checkOwners } from "./owners.ts";
import { checkPolicy } from "./policies.ts";
import type { MapProblem } from "./problem.ts";

/** What can be wrong with an entity and its fields by themselves. */
export function* checkEntities(document: MapDocument): Generator<MapProblem> {
  for (const entity of document.entities) {
    const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
    for (const decided of decidedOf(entity)) {
      yield* checkPolicy(entity, decided, bindings);
      yield* checkOwners(document, entity, decided, bindings);
    }
    for (const field of entity.fields) {
      yield* checkRules(entity, field);
      yield* checkOpenTypes(entity, field);
    }
    yield* checkGroups(document, entity, bindings);
    yield* checkCycles(entity);
    yield* checkEntityRules(entity);
    yield* checkMatching(entity, bindings);
  }
}

function* checkRules(entity: Entity, field: Field): Generator<MapProblem> {
  const place = { entity: entity.id, field: field.id };
  const where = `${entity.name} › ${field.name}`;
  const compiled = compileRules(field);
  for (const problem of compiled.ok ? [] : compiled.problems) {
    const message = `${where}, ${problem.place}: ${problem.message}`;
    yield { severity: "error", code: "bad-rule", place, message };
  }
  for (const rule of field.validation) {
    if (rule.kind !== "length" || rule.min === undefined || rule.max === undefined) continue;
    if (rule.min <= rule.max) continue;
    const message = `${where}: no text has at least ${rule.min} and at most ${rule.max} \
characters. Change one of the two.`;
    yield { severity: "error", code: "bad-rule", place, message };
  }
}

/** Types that say nothing of their values until something is chosen. */
function* checkOpenTypes(entity: Entity, field: Field): Generator<MapProblem> {
  const place = { entity: entity.id, field: field.id };
  const where = `${entity.name} › ${field.name}`;
  if (field.type === "enum" && field.options?.values === undefined) {
    const message = `${where} is an enum without a list of values: every code is accepted. Name \
its values, or make it a text.`;
    yield { severity: "warning", code: "open-enum", place, message };
  }
  if (field.type === "reference" && referredEntity(field) === null) {
    const message = `${where} is a reference to no entity: a key of one system goes to the others as \
it is. Choose the entity that it refers to, or make it a text.`;
    yield { severity: "warning", code: "open-reference", place, message };
  }
}

/** Rules between fields that cannot be tested. */
function* checkEntityRules(entity: Entity): Generator<MapProblem> {
  for (const rule of entity.rules ?? []) {
    const compiled = compileEntityRule(entity, rule);
    if (compiled.ok) continue;
    const message = `${entity.name}, rule ${rule.id}: ${compiled.message} Change the rule, or \
remove it.`;
    const place = { entity: entity.id, field: fieldsOfRule(rule)[0] ?? "" };
    yield { severity: "error", code: "bad-rule", place, message };
  }
}

function* checkMatching(entity: Entity, bindings: readonly Binding[]): Generator<MapProblem> {
  const making = bindings.filter((binding) => binding.createsRecords);
  if (making.length < 2 || entity.matchKeys.length > 0) return;
  const message = `${entity.name} is made from ${making.length} objects and has no match key: the \
same thing in two systems becomes two records. Choose the fields by which rows are matched.`;
  yield { severity: "warning", code: "no-match-key", place: { entity: entity.id }, message };
}
