import { POLICIES } from "../../conflicts/policies/registry.ts";
import { compileRules } from "../../validation/field-rules.ts";
import type { Binding, Entity, Field, MapDocument } from "../document.ts";
import { list } from "../field-words.ts";
import { systemName } from "../place.ts";
import type { MapProblem } from "./problem.ts";

/** What can be wrong with an entity and its fields by themselves. */
export function* checkEntities(document: MapDocument): Generator<MapProblem> {
  for (const entity of document.entities) {
    const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
    for (const field of entity.fields) {
      yield* checkPolicy(entity, field);
      yield* checkRules(entity, field);
      yield* checkOwners(document, entity, field, bindings);
      yield* checkClearing(document, entity, field);
    }
    yield* checkMatching(entity, bindings);
  }
}

function* checkPolicy(entity: Entity, field: Field): Generator<MapProblem> {
  const policy = POLICIES[field.policy.kind];
  const place = { entity: entity.id, field: field.id };
  if (policy.needsList === true && field.ownership === undefined) {
    const message = `${entity.name} › ${field.name}: the policy "${policy.title}" goes by the order \
of the owners, and the field has none: every contest would be asked. List its systems as owners of \
one rank, or choose another policy.`;
    yield { severity: "warning", code: "policy-without-list", place, message };
  }
  if (policy.types === undefined || policy.types.includes(field.type)) return;
  const message = `${entity.name} › ${field.name}: the policy "${policy.title}" decides fields of \
type ${list(policy.types)}, and this one is ${field.type}. Choose another policy.`;
  yield { severity: "error", code: "policy-type", place, message };
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
  if (field.type === "enum" && field.options?.values === undefined) {
    const message = `${where} is an enum without a list of values: every code is accepted. Name \
its values, or make it a text.`;
    yield { severity: "warning", code: "open-enum", place, message };
  }
}

/** A right to clear that nobody can use, or that a rule which sets once takes back. */
function* checkClearing(document: MapDocument, entity: Entity, field: Field) {
  const { clear = [], tiers = [] } = field.ownership ?? {};
  const place = { entity: entity.id, field: field.id };
  for (const system of clear) {
    if (tiers.some(({ systems }) => systems.includes(system))) continue;
    const message = `${entity.name} › ${field.name}: ${systemName(document, system)} may clear it \
and decides nothing else there: a system outside the owners decides nothing. Make it an owner, or \
take away its right to clear.`;
    yield { severity: "error" as const, code: "clear-without-owner", place, message };
  }
}

function* checkOwners(
  document: MapDocument,
  entity: Entity,
  field: Field,
  bindings: readonly Binding[],
): Generator<MapProblem> {
  const place = { entity: entity.id, field: field.id };
  const named = (field.ownership?.tiers ?? []).flatMap((tier) => tier.systems);
  for (const system of new Set(named)) {
    if (!document.systems.some((one) => one.id === system)) continue;
    const about = `${entity.name} › ${field.name}: ${systemName(document, system)}`;
    const own = bindings.filter((binding) => binding.system === system);
    const way = "Map it, or take the system out of the owners.";
    if (own.length === 0) {
      const message = `${about} owns it, and has no object bound to ${entity.name}. ${way}`;
      yield { severity: "error", code: "unbound-owner", place, message };
    } else if (!own.some((binding) => tells(binding, field.id))) {
      const message = `${about} owns it, and none of its columns leads there. ${way}`;
      yield { severity: "warning", code: "unmapped-owner", place, message };
    }
    if (named.indexOf(system) !== named.lastIndexOf(system)) {
      const message = `${about} is named twice among the owners: only the first place counts. \
Remove the other.`;
      yield { severity: "warning", code: "owner-twice", place, message };
    }
  }
}

/** Whether rows of the binding tell the field's value. */
export function tells(binding: Binding, field: string): boolean {
  return binding.edges.some((edge) => edge.direction !== "out" && edge.fields.includes(field));
}

function* checkMatching(entity: Entity, bindings: readonly Binding[]): Generator<MapProblem> {
  const making = bindings.filter((binding) => binding.createsRecords);
  if (making.length < 2 || entity.matchKeys.length > 0) return;
  const message = `${entity.name} is made from ${making.length} objects and has no match key: the \
same thing in two systems becomes two records. Choose the fields by which rows are matched.`;
  yield { severity: "warning", code: "no-match-key", place: { entity: entity.id }, message };
}
