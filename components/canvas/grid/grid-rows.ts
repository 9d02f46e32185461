import type { Binding, Entity, Field, MapDocument } from "../../../server/core/map/document.ts";
import { decidedOf } from "../../../server/core/map/groups.ts";
import type { ObjectSchema } from "../../../server/core/map/object-schema.ts";
import { bindingsOf, completeFields, type Lens, mappedColumns } from "../lens.ts";

/** A row of the grid under its heading. */
export type GridRow =
  | { readonly kind: "field"; readonly id: string; readonly field: Field }
  /** Fields that are decided together: it folds those that follow it. */
  | {
      readonly kind: "group";
      readonly id: string;
      readonly group: string;
      readonly name: string;
      readonly fields: readonly Field[];
      readonly isOpen: boolean;
    }
  /** The columns that lead to no field, one of each system in a row. */
  | {
      readonly kind: "columns";
      readonly id: string;
      readonly at: number;
      readonly columns: Readonly<Record<string, string>>;
    };

/** More columns that lead nowhere are not listed: they are found by name. */
export const COLUMN_ROWS_MAX = 100;

type Shown = {
  readonly document: MapDocument;
  readonly entity: Entity;
  readonly schemaOf: (binding: Binding) => ObjectSchema | null;
  readonly lens: Lens;
};

/** The rows of the grid as the lens shows them, from top to bottom. */
export function gridRows(shown: Shown): GridRow[] {
  const { entity, lens } = shown;
  const complete = completeFields(shown);
  const isShown = (field: Field) => !lens.unmappedOnly || !complete.has(field.id);
  const rows = decidedOf(entity).flatMap((decided): GridRow[] => {
    const fields = entity.fields.filter(({ id }) => decided.fields.includes(id)).filter(isShown);
    const own = fields.map((field): GridRow => ({ kind: "field", id: field.id, field }));
    if (!decided.group || fields.length === 0) return own;
    const isOpen = !lens.folded.includes(decided.id);
    const { id: group, name } = decided;
    const head: GridRow = { kind: "group", id: `group:${group}`, group, name, fields, isOpen };
    return isOpen ? [head, ...own] : [head];
  });
  return lens.unmappedOnly ? [...rows, ...columnRows(shown)] : rows;
}

/** How many columns that lead to no field are not among the rows. */
export function columnsLeftOut(shown: Shown): number {
  if (!shown.lens.unmappedOnly) return 0;
  return freeColumns(shown).reduce(
    (sum, { names }) => sum + Math.max(0, names.length - COLUMN_ROWS_MAX),
    0,
  );
}

function freeColumns({ schemaOf, ...bound }: Shown) {
  return bindingsOf(bound).map((binding) => {
    const mapped = mappedColumns(binding);
    const columns = schemaOf(binding)?.columns ?? [];
    return {
      id: binding.id,
      names: columns.map(({ name }) => name).filter((one) => !mapped.has(one)),
    };
  });
}

function columnRows(shown: Shown): GridRow[] {
  const free = freeColumns(shown);
  const count = Math.min(COLUMN_ROWS_MAX, Math.max(0, ...free.map(({ names }) => names.length)));
  return Array.from({ length: count }, (_, at) => ({
    ...{ kind: "columns", id: `columns:${at}`, at },
    columns: Object.fromEntries(
      free.flatMap(({ id, names }) => {
        const name = names[at];
        return name === undefined ? [] : [[id, name] as const];
      }),
    ),
  }));
}
