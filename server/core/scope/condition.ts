import type { ScopeCondition } from "../map/document.ts";
import { isBlank, makeKey } from "../values/equal-value.ts";
import type { FieldType, FieldValue, ValueOptions } from "../values/field-value.ts";
import { measureOf, ORDERS } from "../values/order.ts";
import { makeParser } from "../values/parse-value.ts";

/** A condition as a plain function of one value; a null has no value. */
export type Condition = (value: FieldValue) => boolean;

export type CompiledCondition =
  | { readonly ok: true; readonly holds: Condition }
  /** A sentence: why this says nothing of values of the type. */
  | { readonly ok: false; readonly message: string };

type Typed = { readonly type: FieldType; readonly options?: ValueOptions | undefined };

/**
 * Compiles a comparison of values of one type with constants, once per map version. There are two
 * answers and no third: what has no value is none of a list, so "is not" holds of it; it is
 * neither above nor below anything.
 */
export function compileCondition(
  { operator, values }: Pick<ScopeCondition, "operator" | "values">,
  { type, options }: Typed,
): CompiledCondition {
  switch (operator) {
    case "blank":
      return ok((value) => isBlank(value, options));
    case "not-blank":
      return ok((value) => !isBlank(value, options));
    case "is":
    case "is-not":
      return membership(values, operator === "is", { type, options });
    case "starts-with":
      return beginning(values[0] ?? "", type);
    default:
      return bound(operator, values[0] ?? "", type);
  }
}

const ok = (holds: Condition): CompiledCondition => ({ ok: true, holds });

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

function beginning(start: string, type: FieldType): CompiledCondition {
  if (!TEXTS.includes(type)) {
    return { ok: false, message: `Only texts begin with something, and this is ${type}.` };
  }
  const wanted = start.normalize("NFC");
  return ok((value) => typeof value === "string" && value.normalize("NFC").startsWith(wanted));
}

const SIDES = {
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
