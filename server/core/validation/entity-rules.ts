import type { Entity, EntityRule, Field, Severity } from "../map/document.ts";
import type { RecordState } from "../reconcile/state.ts";
import { fieldWords, OPERATOR_WORDS } from "../scope/scope-words.ts";
import { makeKey } from "../values/equal-value.ts";
import type { FieldValue, FieldValues } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { measureOf, ORDERS } from "../values/order.ts";
import { makeParser } from "../values/parse-value.ts";

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

/** Compiles one rule of an entity, once per map version. */
export function compileEntityRule(entity: Entity, rule: EntityRule): CompiledRule {
  const left = entity.fields.find(({ id }) => id === rule.field);
  const right =
    rule.kind === "compare" ? entity.fields.find(({ id }) => id === rule.other) : undefined;
  if (left === undefined) return failed(`There is no field ${rule.field}.`);
  if (rule.kind === "compare" && right === undefined) {
    return failed(`There is no field ${rule.other}.`);
  }
  const comparer = comparerOf(left, right ?? left, rule.operator);
  if (typeof comparer === "string") return failed(comparer);
  const constant = rule.kind === "compare" ? null : parseBound(left, rule.value);
  if (constant !== null && !constant.ok) return failed(constant.message);
  const words = `${left.name} ${OPERATOR_WORDS[rule.operator]}`;
  const compiled: CompiledEntityRule = {
    id: rule.id,
    severity: rule.severity ?? "field",
    fields: rule.kind === "compare" ? [rule.field, rule.other] : [rule.field],
    breach(values) {
      const one = values(rule.field) ?? null;
      const other =
        constant === null
          ? (values(rule.kind === "compare" ? rule.other : "") ?? null)
          : constant.value;
      if (one === null || other === null || comparer(one, other)) return null;
      const wanted =
        right === undefined ? quoteValue(other) : `${right.name} (${quoteValue(other)})`;
      return `${quoteValue(one)} breaks the rule: ${words} ${wanted}.`;
    },
  };
  return { ok: true, rule: compiled };
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

const failed = (message: string): CompiledRule => ({ ok: false, message });

function parseBound(field: Field, text: string) {
  const order = ORDERS[field.type];
  return makeParser(order?.boundType ?? field.type, field.options)(text);
}

const ORDER_SIDES = {
  below: (order: number) => order < 0,
  "at-most": (order: number) => order <= 0,
  above: (order: number) => order > 0,
  "at-least": (order: number) => order >= 0,
} as const;

type Comparer = (one: FieldValue, other: FieldValue) => boolean;

/** @returns a sentence where values of the two fields cannot be compared so */
function comparerOf(
  left: Field,
  right: Field,
  operator: EntityRule["operator"],
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
  const side = ORDER_SIDES[operator];
  return (one, other) =>
    one !== null && other !== null && side(order.compare(measureOf(one), measureOf(other)));
}
