import type { Entity, Severity } from "../map/document.ts";
import { isBlank, makeKey } from "../values/equal-value.ts";
import type { FieldValue } from "../values/field-value.ts";

/** A field of which no two living records may have one value, as the field compares values. */
export type UniqueRule = {
  readonly field: string;
  readonly severity: Severity;
  /** The name of the key that holds its values, beside the match keys. */
  readonly name: string;
  /** The text under which a record that has the value is found; null where it is blank. */
  keyOf(value: FieldValue): string | null;
};

/** The rules of an entity's fields that other records decide. */
export function uniqueRules(entity: Entity): UniqueRule[] {
  return entity.fields.flatMap(({ id, type, options, validation }) => {
    const rule = validation.find(({ kind }) => kind === "unique");
    if (rule === undefined) return [];
    const keyOf = makeKey(type, options);
    return [
      {
        field: id,
        severity: rule.severity ?? "field",
        name: `= ${id}`,
        keyOf: (value) => (isBlank(value, options) ? null : keyOf(value)),
      },
    ];
  });
}
