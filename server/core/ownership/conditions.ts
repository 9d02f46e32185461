import type { Condition, Field } from "../map/document.ts";
import type { RecordState } from "../reconcile/state.ts";
import { isBlank, makeKey } from "../values/equal-value.ts";
import type { FieldType, FieldValue } from "../values/field-value.ts";
import { orderOf } from "../values/order-value.ts";
import { makeParser } from "../values/parse-value.ts";

/** Does it hold of a hub record with these values? */
export type Holds = (values: RecordState["values"]) => boolean;

export type CompiledCondition =
  | { readonly ok: true; readonly holds: Holds }
  /** A sentence that says what is wrong with it, without the place. */
  | { readonly ok: false; readonly message: string };

/** Types whose values a condition can be written for: a text each. */
const COMPARED: readonly FieldType[] = [
  ...(["text", "integer", "decimal", "boolean", "date", "time", "instant"] as const),
  ...(["enum", "reference"] as const),
];

/** Makes a condition a plain function, once per map version. */
export function compileCondition(field: Field, condition: Condition): CompiledCondition {
  const of: Reading = { field, read: (values) => values[condition.field]?.v ?? null };
  switch (condition.is) {
    case "blank":
      return { ok: true, holds: (values) => isBlank(of.read(values), field.options) };
    case "present":
      return { ok: true, holds: (values) => !isBlank(of.read(values), field.options) };
    case "one-of":
      return oneOf(of, condition.values, true);
    case "none-of":
      return oneOf(of, condition.values, false);
    case "at-least":
      return bound(of, condition.value, (order) => order >= 0);
    case "at-most":
      return bound(of, condition.value, (order) => order <= 0);
  }
}

type Reading = {
  readonly field: Field;
  readonly read: (values: RecordState["values"]) => FieldValue;
};

function oneOf({ field, read }: Reading, texts: readonly string[], isOne: boolean) {
  const parsed = texts.map((text) => parseOf(field, text));
  const wrong = parsed.find((one) => !one.ok);
  if (wrong !== undefined && !wrong.ok) return wrong;
  const keyOf = makeKey(field.type, field.options);
  const keys = new Set(parsed.flatMap((one) => (one.ok ? [keyOf(one.value)] : [])));
  const holds: Holds = (values) => {
    const value = read(values);
    return (value !== null && keys.has(keyOf(value))) === isOne;
  };
  return { ok: true, holds } as const;
}

function bound({ field, read }: Reading, text: string, isWithin: (order: number) => boolean) {
  const order = orderOf(field.type);
  const end = parseOf(field, text);
  if (!end.ok) return end;
  if (order === undefined) {
    return { ok: false, message: `values of type ${field.type} have no order` } as const;
  }
  const holds: Holds = (values) => {
    const compared = order(read(values), end.value);
    return compared !== null && isWithin(compared);
  };
  return { ok: true, holds } as const;
}

function parseOf(field: Field, text: string) {
  if (!COMPARED.includes(field.type)) {
    return { ok: false, message: `a ${field.type} cannot be compared with a text` } as const;
  }
  const parsed = makeParser(field.type, field.options)(text);
  if (parsed.ok) return { ok: true, value: parsed.value } as const;
  return { ok: false, message: parsed.message.replace(/\.$/, "") } as const;
}
