import type { ObjectSchema } from "../../core/map/object-schema.ts";
import type { Columns, ColumnValue } from "../../core/values/field-value.ts";
import type { Table } from "./table.ts";

/** One row's change as a transaction leaves it behind, in the log's own terms. */
export type LogChange =
  | {
      readonly kind: "row";
      readonly object: string;
      readonly externalId: string;
      readonly previousExternalId: string | null;
      readonly columns: Columns;
      readonly operation: "insert" | "update";
    }
  | { readonly kind: "gone"; readonly object: string; readonly externalId: string }
  | { readonly kind: "emptied"; readonly object: string }
  | { readonly kind: "schema"; readonly object: string; readonly schema: ObjectSchema | null };

/** Rows and unique values of one table as a transaction sees them, over the committed ones. */
export type Overlay = {
  readonly rows: Map<string, Columns | null>;
  readonly holders: Map<string, Map<string, string | null>>;
  /** Which committed row each touched row was; null for a new one. */
  readonly origins: Map<string, string | null>;
  readonly removed: Set<string>;
  isEmptied: boolean;
};

/**
 * The state at the transaction's end: what is gone first, then the rows that got other keys, for
 * new ones may have theirs, then the rest; each in the order of touch.
 */
export function changesOf(
  object: string,
  table: Table,
  overlay: Overlay,
  isLarge: (value: ColumnValue) => boolean,
): LogChange[] {
  const emptied: LogChange[] = overlay.isEmptied ? [{ kind: "emptied", object }] : [];
  // Deleted and present again, as a new row, is changed; another row's taking its key is not.
  const gone = [...overlay.removed].filter((id) => overlay.origins.get(id) !== null);
  const hasMoved = ([id, origin]: [string, string | null]) => origin !== null && origin !== id;
  const touched = [...overlay.origins];
  const inOrder = [...touched.filter(hasMoved), ...touched.filter((row) => !hasMoved(row))];
  const rows = inOrder.flatMap(([externalId, origin]): LogChange[] => {
    const row = overlay.rows.get(externalId);
    if (row === null || row === undefined) return [];
    const before = origin === null ? undefined : table.rows.get(origin);
    const isNew = origin === null && !overlay.removed.has(externalId);
    return [
      {
        kind: "row",
        object,
        externalId,
        previousExternalId: origin === externalId ? null : origin,
        columns: before === undefined ? row : withoutUnchangedLarge(before, row, isLarge),
        operation: isNew ? "insert" : "update",
      },
    ];
  });
  const goneChanges = gone.map((externalId): LogChange => ({ kind: "gone", object, externalId }));
  return [...emptied, ...goneChanges, ...rows];
}

function withoutUnchangedLarge(
  before: Columns,
  row: Columns,
  isLarge: (value: ColumnValue) => boolean,
): Columns {
  const told = Object.entries(row).filter(([name, value]) => {
    return !(isLarge(value) && before[name] === value);
  });
  return Object.fromEntries(told);
}

export function applyOverlay(table: Table, overlay: Overlay): void {
  if (overlay.isEmptied) {
    table.rows.clear();
    for (const holders of table.holders.values()) holders.clear();
  }
  setAll(table.rows, overlay.rows);
  for (const [name, holders] of overlay.holders) {
    const committed = table.holders.get(name);
    if (committed !== undefined) setAll(committed, holders);
  }
}

/** Null stands for an entry that is gone. */
function setAll<T>(target: Map<string, T>, changes: ReadonlyMap<string, T | null>): void {
  for (const [key, value] of changes) {
    if (value === null) target.delete(key);
    else target.set(key, value);
  }
}
