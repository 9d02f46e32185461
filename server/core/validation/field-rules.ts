import { type Field, SEVERITIES, type Severity, type ValidationRule } from "../map/document.ts";
import { isBlank, makeKey } from "../values/equal-value.ts";
import { type FieldType, type FieldValue, isList } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { measureOf, ORDERS } from "../values/order.ts";
import { makeParser } from "../values/parse-value.ts";
import { countCharacters } from "./count-characters.ts";
import { compilePattern } from "./pattern.ts";

/** Why a value of a field is refused: the rule's kind, and a sentence without the field's name. */
export type RuleBreach = {
  readonly code: ValidationRule["kind"];
  readonly message: string;
  /** Missing: the field alone is held. */
  readonly severity?: Exclude<Severity, "field">;
};

/** The gravest rule that a canonical value breaks, or null: of equal ones the first. */
export type RuleCheck = (value: FieldValue) => RuleBreach | null;

export type RuleProblem = {
  /** Where in the field: "validation[2].pattern". */
  readonly place: string;
  readonly message: string;
};

export type CompiledRules =
  | { readonly ok: true; readonly check: RuleCheck }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/**
 * Compiles a field's validation rules, once per map version. Null meets every rule but `required`;
 * the empty text is a value, and too short where a length has a minimum.
 */
export function compileRules(field: Field): CompiledRules {
  const problems: RuleProblem[] = [];
  const found: { check: RuleCheck; gravity: number }[] = [];
  for (const [index, rule] of field.validation.entries()) {
    const check = compileRule(field, rule);
    const gravity = SEVERITIES.indexOf(rule.severity ?? "field");
    if (typeof check === "function") found.push({ check: graded(check, rule.severity), gravity });
    else problems.push({ ...check, place: `validation[${index}]${check.place}` });
  }
  const checks = found.sort((a, b) => a.gravity - b.gravity).map(({ check }) => check);
  if (problems.length > 0) return { ok: false, problems };
  const [first, ...others] = checks;
  if (first === undefined) return { ok: true, check: () => null };
  if (others.length === 0) return { ok: true, check: first };
  return { ok: true, check: (value) => firstBreach(checks, value) };
}

/** The rule's own test where it stops its field alone: by far the most do. */
function graded(check: RuleCheck, severity: Severity | undefined): RuleCheck {
  if (severity === undefined || severity === "field") return check;
  return (value) => {
    const broken = check(value);
    return broken === null ? null : { ...broken, severity };
  };
}

function firstBreach(checks: readonly RuleCheck[], value: FieldValue): RuleBreach | null {
  for (const check of checks) {
    const breach = check(value);
    if (breach !== null) return breach;
  }
  return null;
}

function compileRule(field: Field, rule: ValidationRule): RuleCheck | RuleProblem {
  switch (rule.kind) {
    case "required":
      return (value) =>
        isBlank(value, field.options) ? breach("required", "A value is required.") : null;
    case "length":
      return lengthRule(rule);
    case "range":
      return rangeRule(field, rule);
    case "pattern":
      return patternRule(field, rule.pattern);
    case "one-of":
      return oneOfRule(field, rule.values);
    case "unique":
      // What other records have is tested where they are known.
      return () => null;
  }
}

function lengthRule({ min = 0, max = Number.POSITIVE_INFINITY }: Lengths): RuleCheck {
  return (value) => {
    const size = sizeOf(value, max);
    if (size === null) return null;
    const { length, unit } = size;
    if (length > max)
      return breach(
        "length",
        `${quoteValue(value)} has more than ${max} ${unit}${max === 1 ? "" : "s"}.`,
      );
    if (length >= min) return null;
    return breach(
      "length",
      `${quoteValue(value)} has fewer than ${min} ${unit}${min === 1 ? "" : "s"}.`,
    );
  };
}

type Lengths = { readonly min?: number | undefined; readonly max?: number | undefined };

function sizeOf(value: FieldValue, max: number): { length: number; unit: string } | null {
  if (typeof value === "string") return { length: countCharacters(value, max), unit: "character" };
  return value !== null && typeof value === "object" && isList(value)
    ? { length: value.length, unit: "member" }
    : null;
}

type Bound = { min?: string | undefined; max?: string | undefined };

function rangeRule(field: Field, { min, max }: Bound): RuleCheck | RuleProblem {
  const order = ORDERS[field.type];
  if (order === undefined) {
    return { place: "", message: `A range has no meaning for the type ${field.type}.` };
  }
  const parse = makeParser(order.boundType);
  const bounds: { min?: string; max?: string } = {};
  for (const [end, text] of Object.entries({ min, max })) {
    if (text === undefined) continue;
    const bound = parse(text);
    if (!bound.ok) return { place: `.${end}`, message: bound.message };
    bounds[end === "min" ? "min" : "max"] = String(bound.value);
  }
  return (value) => {
    if (value === null) return null;
    const measure = measureOf(value);
    if (bounds.min !== undefined && order.compare(measure, bounds.min) < 0) {
      return breach("range", `${quoteValue(value)} is below ${bounds.min}.`);
    }
    if (bounds.max !== undefined && order.compare(measure, bounds.max) > 0) {
      return breach("range", `${quoteValue(value)} is above ${bounds.max}.`);
    }
    return null;
  };
}

const TEXT_TYPES: readonly FieldType[] = ["text", "enum", "integer", "decimal", "reference"];

function patternRule(field: Field, source: string): RuleCheck | RuleProblem {
  if (!TEXT_TYPES.includes(field.type)) {
    return { place: "", message: `A pattern has no meaning for the type ${field.type}.` };
  }
  const pattern = compilePattern(source);
  if (!pattern.ok) return { place: ".pattern", message: pattern.message };
  return (value) =>
    value === null || pattern.test(String(value))
      ? null
      : breach("pattern", `${quoteValue(value)} does not have the form ${source}.`);
}

function oneOfRule(field: Field, values: readonly string[]): RuleCheck | RuleProblem {
  const parse = makeParser(field.type, field.options);
  const keyOf = makeKey(field.type, field.options);
  const keys = new Set<string>();
  for (const [index, text] of values.entries()) {
    const value = parse(text);
    if (!value.ok) return { place: `.values[${index}]`, message: value.message };
    keys.add(keyOf(value.value));
  }
  const message = `is not one of the ${values.length} allowed values.`;
  return (value) =>
    value === null || keys.has(keyOf(value))
      ? null
      : breach("one-of", `${quoteValue(value)} ${message}`);
}

function breach(code: RuleBreach["code"], message: string): RuleBreach {
  return { code, message };
}
