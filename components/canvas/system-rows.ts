import type { Binding, Edge, Entity, MapDocument } from "../../server/core/map/document.ts";
import type { ColumnSchema, ObjectSchema } from "../../server/core/map/object-schema.ts";
import { isSame } from "../../server/core/map/same.ts";
import type { FieldType } from "../../server/core/values/field-value.ts";
import type { BoxGroup } from "./box-items.ts";
import type { Change } from "./entity-rows.ts";
import { type Part, partsOf } from "./parts.ts";

/** A column of a bound object as its box shows it. */
export type ColumnRow = {
  /** The column's name. */
  readonly id: string;
  /** Null where the system has no such column (any more). */
  readonly schema: ColumnSchema | null;
  readonly type: FieldType | null;
  readonly isKey: boolean;
  /** Fields that it leads to or comes from. */
  readonly fields: readonly string[];
  /** Its edges, by id. */
  readonly edges: readonly string[];
  /** What its system is to the first of them; null while it is not mapped. */
  readonly part: Part | null;
  readonly change: Change | null;
};

type Context = {
  readonly document: MapDocument;
  readonly live: MapDocument | null;
  readonly entity: Entity;
  readonly binding: Binding;
  readonly schema: ObjectSchema | null;
  /** Only the columns that lead to no field. */
  readonly unmappedOnly?: boolean;
};

/** The rows of a system's box: key, mapped columns in the order of the fields, the rest folded. */
export function systemRows(context: Context): BoxGroup<ColumnRow>[] {
  const { binding, schema } = context;
  const key = schema?.key ?? [];
  const before = liveEdges(context);
  const edges = [...binding.edges, ...removedEdges(binding, before)];
  const named = new Set(edges.flatMap(({ columns }) => columns));
  const known = schema?.columns.map(({ name }) => name) ?? [];
  const names = [...known, ...[...named].filter((name) => !known.includes(name))];
  const rows = names.map((name) => rowOf(context, before, name, key.includes(name)));
  if (context.unmappedOnly === true) {
    return [
      { id: "unmapped", label: "Unmapped", rows: rows.filter((row) => row.edges.length === 0) },
    ];
  }
  const mapped = rows.filter(({ id, isKey }) => !isKey && named.has(id));
  const rest = rows.filter(({ id, isKey }) => !isKey && !named.has(id));
  return [
    { id: "key", label: "Key", rows: rows.filter(({ isKey }) => isKey) },
    { id: "mapped", label: "Mapped", rows: inFieldOrder(context.entity, edges, mapped) },
    { id: "unmapped", label: null, rows: rest, closedLabel: `${rest.length} unmapped` },
  ];
}

/** The binding's edges in the live version; null where there is none to compare with. */
function liveEdges({ live, binding }: Context): readonly Edge[] | null {
  if (live === null) return null;
  return live.bindings.find(({ id }) => id === binding.id)?.edges ?? [];
}

/** Edges of the live version that the draft does not have. */
export function removedEdges(binding: Binding, before: readonly Edge[] | null): Edge[] {
  return (before ?? []).filter(({ id }) => !binding.edges.some((edge) => edge.id === id));
}

function rowOf(
  { document, entity, binding, schema }: Context,
  before: readonly Edge[] | null,
  name: string,
  isKey: boolean,
): ColumnRow {
  const edges = binding.edges.filter(({ columns }) => columns.includes(name));
  const fields = [...new Set(edges.flatMap((edge) => edge.fields))];
  const [first] = entity.fields.filter(({ id }) => fields.includes(id));
  const found = schema?.columns.find((column) => column.name === name) ?? null;
  const parts = first === undefined ? null : partsOf(document, entity.id, first);
  return {
    ...{ id: name, schema: found, type: found?.type ?? null, isKey, fields },
    edges: edges.map(({ id }) => id),
    part: parts === null ? null : (parts.get(binding.system) ?? "none"),
    change: changeOf(before, edges, name),
  };
}

function changeOf(
  before: readonly Edge[] | null,
  edges: readonly Edge[],
  name: string,
): Change | null {
  if (before === null) return null;
  const was = before.filter(({ columns }) => columns.includes(name));
  if (isSame(was, edges)) return null;
  if (was.length === 0) return "added";
  return edges.length === 0 ? "removed" : "changed";
}

/** Columns in the order of the fields that they lead to: fewer lines cross. */
function inFieldOrder(
  entity: Entity,
  edges: readonly Edge[],
  rows: readonly ColumnRow[],
): ColumnRow[] {
  const order = new Map(entity.fields.map(({ id }, at) => [id, at]));
  const weight = ({ id }: ColumnRow) => {
    const places = edges
      .filter(({ columns }) => columns.includes(id))
      .flatMap((edge) => edge.fields.map((field) => order.get(field) ?? order.size));
    return places.reduce((sum, place) => sum + place, 0) / Math.max(1, places.length);
  };
  return rows.toSorted((a, b) => weight(a) - weight(b));
}
