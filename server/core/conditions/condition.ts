import { type Condition, valuesOf } from "../map/document.ts";
import { isBlank, makeKey } from "../values/equal-value.ts";
import type { FieldType, FieldValue, ValueOptions } from "../values/field-value.ts";
import { foldText } from "../values/fold-text.ts";
import { measureOf, ORDERS } from "../values/order.ts";
import { makeParser } from "../values/parse-value.ts";
import { OPERATOR_WORDS } from "./condition-words.ts";

/** A condition as a plain function of one value; a null has no value. */
export type Holds = (value: FieldValue) => boolean;

export type CompiledCondition =
  | { readonly ok: true; readonly holds: Holds }
  /** A sentence: why this says nothing of values of the type. */
  | { readonly ok: false; readonly message: string };

type Typed = { readonly type: FieldType; readonly options?: ValueOptions | undefined };

/**
 * Compiles a comparison of values of one type with constants, once per map version. There are two
 * answers and no third: what has no value is none of a list, so "is not" holds of it; it is
 * neither above nor below anything.
 */
export function compileCondition(
  { operator, values }: Pick<Condition, "operator" | "values">,
  { type, options }: Typed,
): CompiledCondition {
  const miscounted = countProblem({ operator, values });
  if (miscounted !== null) return { ok: false, message: miscounted };
  switch (operator) {
    case "blank":
      return ok((value) => isBlank(value, options));
    case "not-blank":
      return ok((value) => !isBlank(value, options));
    case "is":
    case "is-not":
      return membership(values, operator === "is", { type, options });
    case "starts-with":
      return beginning(values[0] ?? "", { type, options });
    default:
      return bound(operator, values[0] ?? "", type);
  }
}

/** Are there as many values as the operator compares with? */
export function countProblem({ operator, values }: Pick<Condition, "operator" | "values">) {
  const takes = valuesOf(operator);
  const isRight =
    takes === "many" ? values.length > 0 : values.length === (takes === "one" ? 1 : 0);
  if (isRight) return null;
  const wanted = { many: "at least one value", one: "exactly one value", none: "no value" };
  const given = `${values.length} ${values.length === 1 ? "is" : "are"} given`;
  return `"${OPERATOR_WORDS[operator]}" compares with ${wanted[takes]}, and ${given}.`;
}

const ok = (holds: Holds): CompiledCondition => ({ ok: true, holds });

function membership(
  values: readonly string[],
  isWanted: boolean,
  { type, options }: Typed,
): CompiledCondition {
  const parse = makeParser(type, options);
  const keyOf = makeKey(type, options);
  const keys = new Set<string>();
  for (const text of values) {
    const parsed = parse(text);
    if (!parsed.ok) return { ok: false, message: parsed.message };
    keys.add(keyOf(parsed.value));
  }
  return ok((value) => (value !== null && keys.has(keyOf(value))) === isWanted);
}

const TEXTS: readonly FieldType[] = ["text", "enum"];

function beginning(start: string, { type, options = {} }: Typed): CompiledCondition {
  if (!TEXTS.includes(type)) {
    return { ok: false, message: `Only texts begin with something, and this is ${type}.` };
  }
  const fold = (text: string) => foldText(text.normalize("NFC"), options);
  const wanted = fold(start);
  return ok((value) => typeof value === "string" && fold(value).startsWith(wanted));
}

export const SIDES = {
  below: (order: number) => order < 0,
  "at-most": (order: number) => order <= 0,
  above: (order: number) => order > 0,
  "at-least": (order: number) => order >= 0,
} as const;

function bound(operator: keyof typeof SIDES, text: string, type: FieldType): CompiledCondition {
  const order = ORDERS[type];
  if (order === undefined) {
    return { ok: false, message: `Values of the type ${type} are neither above nor below others.` };
  }
  const limit = makeParser(order.boundType)(text);
  if (!limit.ok || limit.value === null) {
    return { ok: false, message: limit.ok ? "A bound is missing." : limit.message };
  }
  const parse = makeParser(type);
  const [side, end] = [SIDES[operator], String(limit.value)];
  return ok((raw) => {
    const value = parse(raw);
    if (!value.ok || value.value === null) return false;
    return side(order.compare(measureOf(value.value), end));
  });
}
