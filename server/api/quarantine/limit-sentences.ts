import type { Sql } from "../../../db/client.ts";
import type { MapDocument } from "../../core/map/document.ts";
import type { ColumnSchema } from "../../core/map/object-schema.ts";
import { loadCurrentMap } from "../../storage/current-map.ts";
import type { HeldLine } from "../../storage/screens/quarantine.ts";

/** What the system is known to demand of the columns that the field goes to. */
export async function limitSentences(
  sql: Sql,
  document: MapDocument,
  line: HeldLine,
): Promise<string[]> {
  if (line.kind !== "delivery") return [];
  const binding = document.bindings.find(({ id }) => id === line.binding);
  const edge = binding?.edges.find(({ fields }) => fields.some((field) => field === line.field));
  if (binding === undefined || edge === undefined) return [];
  const current = await loadCurrentMap(sql);
  const schema = current?.schemas.get(binding.system)?.get(binding.object);
  const name = document.systems.find(({ id }) => id === binding.system)?.name ?? binding.system;
  return (schema?.columns ?? [])
    .filter((column) => edge.columns.includes(column.name))
    .map((column) => `${name} stores it in ${column.name}, ${limitWords(column)}`);
}

/** A column's type and limits: "varchar(24): at most 24 characters, never empty". */
function limitWords(column: ColumnSchema): string {
  const { lengthMax, precision, scale, min, max, values } = column;
  const limits = [
    ...(lengthMax === undefined ? [] : [`at most ${lengthMax} characters`]),
    ...(precision === undefined
      ? []
      : [`at most ${precision} digits, ${scale ?? 0} of them behind the point`]),
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
    ...(values === undefined ? [] : [`one of ${values.join(", ")}`]),
    ...(column.nullable ? [] : ["never without a value"]),
    ...(column.readOnly ? ["which it computes itself"] : []),
  ];
  return limits.length === 0 ? column.nativeType : `${column.nativeType}: ${limits.join(", ")}`;
}
