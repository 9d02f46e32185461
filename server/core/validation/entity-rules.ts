import { compileCondition, SIDES } from "../conditions/condition.ts";
import { conditionsWords, conditionWords, OPERATOR_WORDS } from "../conditions/condition-words.ts";
import { compileConditions } from "../conditions/record-conditions.ts";
import {
  type COMPARISONS,
  type Condition,
  type Entity,
  type EntityRule,
  type Field,
  fieldsOfRule,
  type Severity,
} from "../map/document.ts";
import type { RecordState } from "../reconcile/state.ts";
import { fieldWords } from "../scope/scope-words.ts";
import { isBlank, makeKey } from "../values/equal-value.ts";
import type { FieldValue, FieldValues } from "../values/field-value.ts";
import { quoteValue, shorten } from "../values/format-value.ts";
import { measureOf, ORDERS } from "../values/order.ts";
import { compileRuleExpression, problemWords } from "./rule-expression.ts";

/** A rule of an entity as a plain function of a record's values. */
export type CompiledEntityRule = {
  readonly id: string;
  readonly severity: Severity;
  /** The fields that it is about. */
  readonly fields: readonly string[];
  /** Why the values break it, as a sentence; null while they do not. */
  breach(values: (field: string) => FieldValue | undefined): string | null;
};

export type CompiledRule =
  | { readonly ok: true; readonly rule: CompiledEntityRule }
  /** A sentence: why it cannot be tested. */
  | { readonly ok: false; readonly message: string };

type Values = (field: string) => FieldValue | undefined;
/** Why the values break what is asked of them, or null. */
type Breach = CompiledEntityRule["breach"];
type Part =
  | { readonly ok: true; readonly breach: Breach }
  | { readonly ok: false; readonly message: string };

/** Compiles one rule of an entity, once per map version. */
export function compileEntityRule(entity: Entity, rule: EntityRule): CompiledRule {
  const part = partOf(entity, rule);
  if (!part.ok) return part;
  const { when = [] } = rule;
  for (const condition of when) {
    const field = entity.fields.find(({ id }) => id === condition.of);
    if (field === undefined) return failed(`There is no field ${condition.of}.`);
    const compiled = compileCondition(condition, field);
    if (!compiled.ok) return compiled;
  }
  const holds = compileConditions(entity.fields, when);
  const during = when.length === 0 ? "" : ` while ${conditionsWords(entity.fields, when)}`;
  return {
    ok: true,
    rule: {
      id: rule.id,
      severity: rule.severity ?? "field",
      fields: fieldsOfRule(rule),
      breach(values) {
        const message = when.length === 0 || holds(values) ? part.breach(values) : null;
        return message === null ? null : `${message}${during}.`;
      },
    },
  };
}

function partOf(entity: Entity, rule: EntityRule): Part {
  if (rule.kind === "compare") return comparing(entity, rule);
  return rule.kind === "condition" ? meeting(entity, rule.condition) : holding(entity, rule);
}

/** An expression holds. */
function holding(
  { fields }: Entity,
  { expression, says }: Extract<EntityRule, { kind: "expression" }>,
): Part {
  const compiled = compileRuleExpression(expression, fields);
  if (!compiled.ok) return failed(problemWords(expression, compiled.problem));
  const words =
    says?.replace(/\.$/, "") ?? `The record breaks the rule: ${shorten(expression, 120)}`;
  const breach = (values: Values) => {
    const holds = compiled.holds(values);
    if (holds === true) return null;
    return holds === false ? words : `${words} (${holds.replace(/\.$/, "")})`;
  };
  return { ok: true, breach };
}

/** Two fields are compared; without a value in both there is nothing to compare. */
function comparing(entity: Entity, rule: Extract<EntityRule, { kind: "compare" }>): Part {
  const left = entity.fields.find(({ id }) => id === rule.field);
  const right = entity.fields.find(({ id }) => id === rule.other);
  if (left === undefined) return failed(`There is no field ${rule.field}.`);
  if (right === undefined) return failed(`There is no field ${rule.other}.`);
  const comparer = comparerOf(left, right, rule.operator);
  if (typeof comparer === "string") return failed(comparer);
  const words = `${left.name} ${OPERATOR_WORDS[rule.operator]} ${right.name}`;
  const breach = (values: Values) => {
    const [one, other] = [values(rule.field) ?? null, values(rule.other) ?? null];
    if (one === null || other === null || comparer(one, other)) return null;
    return `${quoteValue(one)} breaks the rule: ${words} (${quoteValue(other)})`;
  };
  return { ok: true, breach };
}

/** One field meets a condition; without a value it breaks none but "is not empty". */
function meeting(entity: Entity, condition: Condition): Part {
  const field = entity.fields.find(({ id }) => id === condition.of);
  if (field === undefined) return failed(`There is no field ${condition.of}.`);
  const compiled = compileCondition(condition, field);
  if (!compiled.ok) return compiled;
  const words = conditionWords(condition, field.name);
  const breach = (values: Values) => {
    const value = values(condition.of) ?? null;
    const isAsked = condition.operator === "not-blank" || !isBlank(value, field.options);
    if (!isAsked || compiled.holds(value)) return null;
    return `${quoteValue(value)} breaks the rule: ${words}`;
  };
  return { ok: true, breach };
}

/** The first rule that values entered by a person would break beside the record's others. */
export function breachBeside(
  rules: readonly CompiledEntityRule[],
  record: RecordState,
  entered: FieldValues,
): { readonly code: string; readonly message: string } | null {
  const valueNow = (field: string) => (field in entered ? entered[field] : record.values[field]?.v);
  for (const rule of rules) {
    if (rule.severity === "warn" || !rule.fields.some((field) => field in entered)) continue;
    const message = rule.breach(valueNow);
    if (message !== null) return { code: rule.id, message };
  }
  return null;
}

const failed = (message: string) => ({ ok: false, message }) as const;

type Comparer = (one: FieldValue, other: FieldValue) => boolean;

/** @returns a sentence where values of the two fields cannot be compared so */
function comparerOf(
  left: Field,
  right: Field,
  operator: (typeof COMPARISONS)[number],
): Comparer | string {
  const both = `${fieldWords(left)} and ${fieldWords(right)}`;
  if (operator === "is" || operator === "is-not") {
    if (left.type !== right.type) return `${both} are of different types.`;
    const keyOf = makeKey(left.type, left.options);
    return (one, other) => (keyOf(one) === keyOf(other)) === (operator === "is");
  }
  const order = ORDERS[left.type];
  if (order === undefined || ORDERS[right.type]?.boundType !== order.boundType) {
    return `${both} cannot be put in an order.`;
  }
  const side = SIDES[operator];
  return (one, other) =>
    one !== null && other !== null && side(order.compare(measureOf(one), measureOf(other)));
}
