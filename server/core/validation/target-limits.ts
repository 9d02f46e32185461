import type { ColumnSchema, ObjectSchema } from "../map/object-schema.ts";
import type { FieldProblem } from "../reconcile/state.ts";
import { canonicalDecimal, compareDecimals } from "../values/decimal.ts";
import type { Columns, FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";
import { countCharacters } from "./count-characters.ts";

export const TARGET_LIMITS = [
  "required",
  "length",
  "range",
  "precision",
  "one-of",
  "read-only",
  "unknown-column",
] as const;
export type TargetLimit = (typeof TARGET_LIMITS)[number];

/** A column's problem: `field` is the column's name, and `code` a `TargetLimit`. */
export type LimitCheck = (
  columns: Columns,
  operation: "create" | "update",
) => readonly FieldProblem[];

const CHECKS = new WeakMap<ObjectSchema, LimitCheck>();

/**
 * Tests columns that are about to be written against what their system is known to demand. An
 * object whose schema is not known has no known limits. The test is made once per schema.
 * @returns problems of columns: `field` is a column's name here
 */
export function checkTargetLimits(
  schema: ObjectSchema | null,
  columns: Columns,
  operation: "create" | "update",
): readonly FieldProblem[] {
  if (schema === null) return [];
  const known = CHECKS.get(schema);
  if (known !== undefined) return known(columns, operation);
  const check = makeLimitCheck(schema);
  CHECKS.set(schema, check);
  return check(columns, operation);
}

/**
 * Makes the test of an object's limits: nothing may be longer, more precise or larger than its
 * column holds (a system that rounds or cuts by itself would change the value), and no column that
 * must have a value may go without. On a create, a column counts as empty when it is null or left
 * out, and its default then fills it.
 */
function makeLimitCheck(schema: ObjectSchema): LimitCheck {
  const limits = new Map(schema.columns.map((column) => [column.name, compileColumn(column)]));
  const required = schema.columns.filter((c) => !c.nullable && !c.hasDefault && !c.readOnly);
  return (columns, operation) => {
    const problems: FieldProblem[] = [];
    for (const [field, value] of Object.entries(columns)) {
      // A create leaves null out; what then must not be missing is looked for below.
      if (value === null && operation === "create") continue;
      const found = (limits.get(field) ?? UNKNOWN_COLUMN)(value);
      if (found !== null) problems.push({ field, ...found, value });
    }
    return operation === "create" ? problems.concat(missing(required, columns)) : problems;
  };
}

function missing(required: readonly ColumnSchema[], columns: Columns): FieldProblem[] {
  return required
    .filter(({ name }) => !Object.hasOwn(columns, name) || columns[name] === null)
    .map(({ name }) => ({
      field: name,
      code: "required",
      message: `The system requires a value in ${name}.`,
      value: null,
    }));
}

type Found = { readonly code: TargetLimit; readonly message: string };
type ColumnLimit = (value: FieldValue) => Found | null;

const UNKNOWN_COLUMN: ColumnLimit = () => ({
  code: "unknown-column",
  message: "The system has no such column any more.",
});

function compileColumn(column: ColumnSchema): ColumnLimit {
  const { name } = column;
  if (column.readOnly) {
    return () => ({ code: "read-only", message: `The system computes ${name} itself.` });
  }
  const limits = [textLimit(column), digitLimit(column), rangeLimit(column), memberLimit(column)];
  const tests = limits.filter((limit) => limit !== null);
  return (value) => {
    if (value === null) {
      if (column.nullable) return null;
      return { code: "required", message: `The system requires a value in ${name}.` };
    }
    for (const test of tests) {
      const found = test(value);
      if (found !== null) return found;
    }
    return null;
  };
}

function textLimit({ name, lengthMax }: ColumnSchema): ColumnLimit | null {
  if (lengthMax === undefined) return null;
  return (value) => {
    if (typeof value !== "string" || countCharacters(value, lengthMax) <= lengthMax) return null;
    const message = `${quoteValue(value)} is longer than the ${lengthMax} characters of ${name}.`;
    return { code: "length", message };
  };
}

/** A whole part too long is refused by every system; a fraction too long many would round. */
function digitLimit({
  name,
  nativeType,
  precision,
  scale,
  type,
}: ColumnSchema): ColumnLimit | null {
  if (type !== "decimal" && type !== "integer") return null;
  if (precision === undefined && scale === undefined) return null;
  const fractionMax = scale ?? 0;
  const wholeMax = precision === undefined ? Number.POSITIVE_INFINITY : precision - fractionMax;
  return (value) => {
    if (typeof value !== "string") return null;
    const [whole = "", fraction = ""] = value.replace("-", "").split(".");
    const does = `${quoteValue(value)} does not fit ${name} (${nativeType})`;
    const wholeDigits = whole === "0" ? 0 : whole.length;
    if (wholeDigits > wholeMax) {
      return { code: "range", message: `${does}: at most ${wholeMax} digits before the point.` };
    }
    if (!endsInZeros(whole, -fractionMax)) {
      return { code: "precision", message: `${does}: only multiples of 1e${-fractionMax}.` };
    }
    if (fraction.length > Math.max(fractionMax, 0)) {
      return {
        code: "precision",
        message: `${does}: at most ${Math.max(fractionMax, 0)} digits after the point.`,
      };
    }
    return null;
  };
}

/** A negative scale counts zeros that a whole number must end in: numeric(3,-2) holds 12300. */
function endsInZeros(whole: string, count: number): boolean {
  return count <= 0 || whole === "0" || whole.endsWith("0".repeat(count));
}

function rangeLimit({ name, min, max }: ColumnSchema): ColumnLimit | null {
  if (min === undefined && max === undefined) return null;
  // Fewer letters than the shortest bound: inside, without calculating.
  const shortest = Math.min(...[min, max].map((bound) => bound?.replace("-", "").length ?? 0));
  return (value) => {
    if (typeof value !== "string" || value.length < shortest) return null;
    const number = canonicalDecimal(value);
    if (number === null) return null;
    if (min !== undefined && compareDecimals(number, min) < 0) {
      const message = `${quoteValue(value)} is below ${min}, the smallest value of ${name}.`;
      return { code: "range", message };
    }
    if (max === undefined || compareDecimals(number, max) <= 0) return null;
    return {
      code: "range",
      message: `${quoteValue(value)} is above ${max}, the largest value of ${name}.`,
    };
  };
}

function memberLimit({ name, values }: ColumnSchema): ColumnLimit | null {
  if (values === undefined) return null;
  const members = new Set(values);
  return (value) => {
    if (typeof value !== "string" || members.has(value)) return null;
    return { code: "one-of", message: `${quoteValue(value)} is not one of the values of ${name}.` };
  };
}
