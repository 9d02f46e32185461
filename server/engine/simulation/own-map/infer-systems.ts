import type { Binding, Edge, MapDocument } from "../../../core/map/document.ts";
import { findTransform } from "../../../core/transforms/registry.ts";
import type { FieldType } from "../../../core/values/field-value.ts";
import { NO_TRAITS, type WorldObject, type WorldSystem } from "../world-file.ts";

/**
 * Systems as the map speaks of them, for a map file holds no schemas: each object has the columns
 * that its edges and scope name, with the types that the fields and the first steps take, and a key
 * of its own that numbers rows, unless a column "id" is mapped.
 * @param known systems of which somebody has said more
 */
export function inferSystems(
  document: MapDocument,
  known: Readonly<Record<string, WorldSystem>>,
): Record<string, WorldSystem> {
  const systems = document.systems.map(({ id }) => [id, known[id] ?? systemOf(document, id)]);
  return Object.fromEntries(systems);
}

function systemOf({ bindings, entities }: MapDocument, system: string): WorldSystem {
  const objects: Record<string, WorldObject> = {};
  for (const binding of bindings.filter((one) => one.system === system)) {
    const fields = entities.find(({ id }) => id === binding.entity)?.fields ?? [];
    const typeOf = (field: string | undefined) => fields.find(({ id }) => id === field)?.type;
    const own = { key: ["id"], columns: {}, unique: [], reusesIds: false, rows: [] };
    const { columns, ...object } = objects[binding.object] ?? own;
    objects[binding.object] = { ...object, columns: { ...columnsOf(binding, typeOf), ...columns } };
  }
  for (const object of Object.values(objects)) {
    const generated = { type: "integer" as const, required: false, generated: true };
    object.columns = { id: generated, ...object.columns };
  }
  return { objects, connectedAt: 0, traits: NO_TRAITS };
}

type TypeOf = (field: string | undefined) => FieldType | undefined;

function columnsOf({ edges, scope }: Binding, typeOf: TypeOf): WorldObject["columns"] {
  const plain = (type: FieldType) => ({ type, required: false, generated: false });
  const scoped = scope?.conditions.map(({ of }) => [of, plain("text")] as const) ?? [];
  const mapped = edges.flatMap((edge) =>
    edge.columns.map((column, at) => [column, plain(columnType(edge, at, typeOf))] as const),
  );
  return Object.fromEntries([...scoped, ...mapped]);
}

/** What a column holds: what its field does, or what the first step takes. */
function columnType({ steps, fields }: Edge, at: number, typeOf: TypeOf): FieldType {
  const field = typeOf(fields[at] ?? fields[0]) ?? "text";
  const [first] = steps;
  if (first === undefined) return field;
  const accepts = findTransform(first.transform)?.accepts ?? [];
  // Codes of a value table stand for anything, and are mostly texts themselves.
  const isNumber = ["integer", "decimal"].includes(field) && !("rows" in first.settings);
  const liked = isNumber ? (["decimal", "text"] as const) : (["text", field] as const);
  return liked.find((type) => accepts.includes(type)) ?? accepts[0] ?? "text";
}
