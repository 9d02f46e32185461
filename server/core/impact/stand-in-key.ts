import { externalIdOf, keyText } from "../external-id.ts";
import type { ColumnSchema, ObjectSchema } from "../map/object-schema.ts";
import type { Columns } from "../values/field-value.ts";

/**
 * A key for a row that is only planned: what refers to it is planned as if it were there. Parts
 * that its system would give are of the column's type, and no row's.
 * @param place tells it from others of its object
 * @param id a UUID of its own
 */
export function standInKey(
  schema: ObjectSchema | null,
  columns: Columns,
  { place, id }: { readonly place: number; readonly id: string },
): string {
  const key = schema?.key ?? [];
  if (key.length === 0) return id;
  return externalIdOf(
    key.map((name) => {
      const sent = columns[name];
      if (sent !== undefined && sent !== null) return keyText(sent);
      return given(
        schema?.columns.find((column) => column.name === name),
        { place, id },
      );
    }),
  );
}

function given(
  column: ColumnSchema | undefined,
  { place, id }: { readonly place: number; readonly id: string },
): string {
  const isNumber = column?.type === "integer" || column?.type === "decimal";
  return isNumber ? String(-1 - place) : id;
}
