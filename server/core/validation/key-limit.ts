import { LIMITS } from "../limits.ts";
import type { Entity, Field } from "../map/document.ts";

/**
 * A field of an entity with every rule that its values must meet: the map's own, and that a value
 * which records are found by is short enough for an index. A longer one is held like any other bad
 * value; it must not stop the reading of its system.
 */
export function ruledField(entity: Entity, id: string): Field | undefined {
  const field = entity.fields.find((one) => one.id === id);
  const isUnique = field?.validation.some(({ kind }) => kind === "unique") === true;
  const isKey = isUnique || entity.matchKeys.some((key) => key.includes(id));
  if (field === undefined || !isKey) return field;
  const limit = { kind: "length" as const, max: LIMITS.keyCharactersMax };
  return { ...field, validation: [...field.validation, limit] };
}
