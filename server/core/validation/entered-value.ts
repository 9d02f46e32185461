import type { Field } from "../map/document.ts";
import type { FieldValue } from "../values/field-value.ts";
import { parseValue } from "../values/parse-value.ts";
import { compileRules } from "./field-rules.ts";

export type EnteredValue =
  | { readonly ok: true; readonly value: FieldValue }
  | { readonly ok: false; readonly code: string; readonly message: string };

/**
 * Reads what a person entered for a field as the field's type, and tests it against the field's
 * rules: the same tests that a system's value has to pass.
 */
export function readEnteredValue(field: Field, raw: FieldValue): EnteredValue {
  const parsed = parseValue(field.type, field.options, raw);
  if (!parsed.ok) return parsed;
  const rules = compileRules(field);
  const breach = rules.ok ? rules.check(parsed.value) : null;
  if (breach === null || breach.severity === "warn") return parsed;
  return { ok: false, code: breach.code, message: breach.message };
}
