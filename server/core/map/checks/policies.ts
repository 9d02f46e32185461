import { findOrderWitness } from "../../conflicts/order-witness.ts";
import { POLICIES } from "../../conflicts/policies/registry.ts";
import { compilePolicy } from "../../conflicts/policy-expression.ts";
import { placeIn } from "../../expressions/parse.ts";
import { compileFieldRules } from "../../ownership/field-rules.ts";
import { isBlank, makeEquals } from "../../values/equal-value.ts";
import type { Binding, Entity, Field } from "../document.ts";
import { list } from "../field-words.ts";
import { type Decided, placeOf } from "../groups.ts";
import { rightsIn } from "../owners.ts";
import { tells } from "./owners.ts";
import type { MapProblem } from "./problem.ts";

/** What can be wrong with what decides between two edits. */
export function* checkPolicy(
  entity: Entity,
  field: Decided,
  bindings: readonly Binding[],
): Generator<MapProblem> {
  const policy = POLICIES[field.policy.kind];
  const place = placeOf(entity, field);
  if (policy.needsList === true && field.ownership === undefined) {
    const message = `${entity.name} › ${field.name}: the policy "${policy.title}" goes by the order \
of the owners, and ${field.group ? "the group" : "the field"} has none: every contest would be asked. List its systems as owners of \
one rank, or choose another policy.`;
    yield { severity: "warning", code: "policy-without-list", place, message };
  }
  const of = entity.fields.find(({ id }) => !field.group && id === field.id);
  if (of !== undefined) yield* checkExpression(entity, of, bindings);
  const type = of?.type;
  if (type === undefined || policy.types === undefined || policy.types.includes(type)) return;
  const message = `${entity.name} › ${field.name}: the policy "${policy.title}" decides fields of \
type ${list(policy.types)}, and this one is ${type}. Choose another policy.`;
  yield { severity: "error", code: "policy-type", place, message };
}

/** An expression that cannot be read, gives something else, or shows the order of arrival. */
function* checkExpression(
  entity: Entity,
  field: Field,
  bindings: readonly Binding[],
): Generator<MapProblem> {
  if (field.policy.kind !== "expression") return;
  const text = field.policy.expression;
  const place = { entity: entity.id, field: field.id };
  const where = `${entity.name} › ${field.name}`;
  const compiled = compilePolicy(text, field, entity.fields);
  if (!compiled.ok) {
    const { line, column } = placeIn(text, compiled.problem.from);
    const message = `${where}: the expression of its policy, line ${line}, column ${column}: \
${compiled.problem.message}`;
    yield { severity: "error", code: "bad-expression", place, message };
    return;
  }
  const systems = contenders(field, bindings);
  if (systems === null) return;
  const rules = compileFieldRules(field, {
    equals: makeEquals(field.type, field.options),
    isBlank,
  });
  const others = entity.fields.filter(({ id }) => id !== field.id);
  const witness = findOrderWitness(compiled.policy, rules, field, others, systems);
  if (witness === null) return;
  const message = `${where}: what its expression gives depends on which of three edits comes first: \
${witness.words}. Choose among the edits, or make a value that is the same in any order.`;
  yield { severity: "error", code: "order-of-arrival", place, message };
}

/** Three systems whose edits of the field can meet with equal rank; null where there are none. */
function contenders(field: Field, bindings: readonly Binding[]): [string, string, string] | null {
  const telling = new Set(
    bindings.filter((one) => tells(one, field.id)).map(({ system }) => system),
  );
  const ranks =
    field.ownership === undefined
      ? [[...telling]]
      : rightsIn(field.ownership).flatMap(({ tiers }) => tiers.map(({ systems }) => systems));
  for (const rank of ranks) {
    const [a, b, c] = new Set(rank.filter((system) => telling.has(system)));
    if (a !== undefined && b !== undefined && c !== undefined) return [a, b, c];
  }
  return null;
}
