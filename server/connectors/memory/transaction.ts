import { present } from "../../core/assert.ts";
import type { ObjectSchema } from "../../core/map/object-schema.ts";
import type { Columns, ColumnValue, FieldType } from "../../core/values/field-value.ts";
import { parseValue } from "../../core/values/parse-value.ts";
import {
  nameOfUnique,
  type Refused,
  refusalOfRow,
  refused,
  rowId,
  type Table,
  uniqueValue,
} from "./table.ts";

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

/** What a system does to the values that are written: it stores them differently. */
export type Adjust = (object: string, columns: Columns) => Columns;

/** Rows and unique values of one table as a transaction sees them, over the committed ones. */
type Overlay = {
  readonly rows: Map<string, Columns | null>;
  readonly holders: Map<string, Map<string, string | null>>;
  /** Which committed row each touched row was; null for a new one. */
  readonly origins: Map<string, string | null>;
  readonly removed: Set<string>;
  isEmptied: boolean;
};

/** Edits that nobody else sees before the commit. */
export class MemoryTransaction {
  readonly id: string;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #adjust: Adjust;
  readonly #overlays = new Map<string, Overlay>();
  readonly #reshaped = new Map<string, ObjectSchema>();
  isOver = false;

  constructor(id: string, tables: ReadonlyMap<string, Table>, adjust: Adjust) {
    this.id = id;
    this.#tables = tables;
    this.#adjust = adjust;
  }

  get objects(): readonly string[] {
    return [...this.#overlays.keys()];
  }

  row(object: string, id: string): Columns | null {
    const overlay = this.#overlays.get(object);
    const own = overlay?.rows.get(id);
    if (own !== undefined) return own;
    if (overlay?.isEmptied === true) return null;
    return this.#table(object).rows.get(id) ?? null;
  }

  /** True when this transaction has touched the row: nobody else may before it ends. */
  holdsRow(object: string, id: string): boolean {
    return this.#overlays.get(object)?.rows.has(id) ?? false;
  }

  /** True when one of the row's unique values is taken, or given up, by this transaction. */
  holdsUnique(object: string, row: Columns): boolean {
    const holders = this.#overlays.get(object)?.holders;
    if (holders === undefined) return false;
    return this.#table(object).schema.uniques.some((columns) => {
      const value = uniqueValue(columns, row);
      return value !== null && (holders.get(nameOfUnique(columns))?.has(value) ?? false);
    });
  }

  /** Adds a row. Gives its id and the row as stored, or why not. */
  insert(object: string, columns: Columns): { id: string; row: Columns } | Refused {
    const table = this.#table(object);
    const row = this.#stored(table, this.#adjust(object, columns), true);
    const id = rowId(table.schema, row);
    if (this.row(object, id) !== null) {
      const [key] = table.schema.key;
      return refused("unique", key ?? null, `There is a row ${id} already.`);
    }
    return this.#put(object, null, id, row);
  }

  /** Changes columns of a row, its key too. The row must exist. */
  update(object: string, id: string, columns: Columns): { id: string; row: Columns } | Refused {
    const table = this.#table(object);
    const before = present(this.row(object, id), `The row ${id} exists.`);
    const adjusted = this.#adjust(object, columns);
    const row = this.#stored(table, { ...before, ...adjusted }, false);
    const newId = rowId(table.schema, row);
    if (newId !== id && this.row(object, newId) !== null) {
      return refused("unique", table.schema.key[0] ?? null, `There is a row ${newId} already.`);
    }
    return this.#put(object, id, newId, row);
  }

  remove(object: string, id: string): Refused | null {
    const before = present(this.row(object, id), `The row ${id} exists.`);
    const overlay = this.#overlay(object);
    this.#release(object, before);
    overlay.rows.set(id, null);
    const origin = overlay.origins.has(id) ? overlay.origins.get(id) : id;
    overlay.origins.delete(id);
    if (origin !== null && origin !== undefined) overlay.removed.add(origin);
    return null;
  }

  empty(object: string): void {
    this.#overlays.delete(object);
    const overlay = this.#overlay(object);
    overlay.isEmptied = true;
    for (const id of this.#table(object).rows.keys()) overlay.rows.set(id, null);
  }

  reshape(schema: ObjectSchema): void {
    this.#reshaped.set(schema.name, schema);
  }

  /** Makes everything visible and gives what the log tells of it. `isLarge`: told only when set. */
  apply(isLarge: (value: ColumnValue) => boolean): LogChange[] {
    const changes: LogChange[] = [];
    for (const [object, schema] of this.#reshaped) {
      this.#table(object).schema = schema;
      changes.push({ kind: "schema", object, schema });
    }
    for (const [object, overlay] of this.#overlays) {
      changes.push(...changesOf(object, this.#table(object), overlay, isLarge));
    }
    for (const [object, overlay] of this.#overlays) applyOverlay(this.#table(object), overlay);
    return changes;
  }

  #put(
    object: string,
    oldId: string | null,
    id: string,
    row: Columns,
  ): { id: string; row: Columns } | Refused {
    const table = this.#table(object);
    const refusal = refusalOfRow(table.schema, row) ?? this.#refusalOfUnique(object, oldId, row);
    if (refusal !== null) return refusal;
    const overlay = this.#overlay(object);
    if (oldId !== null) this.#release(object, this.row(object, oldId) ?? {});
    for (const columns of table.schema.uniques) {
      const value = uniqueValue(columns, row);
      if (value !== null) overlay.holders.get(nameOfUnique(columns))?.set(value, id);
    }
    const known = oldId === null ? null : overlay.origins.get(oldId);
    const origin = known === undefined ? oldId : known;
    if (oldId !== null && oldId !== id) {
      overlay.rows.set(oldId, null);
      overlay.origins.delete(oldId);
    }
    overlay.origins.set(id, origin);
    overlay.rows.set(id, row);
    return { id, row };
  }

  #refusalOfUnique(object: string, oldId: string | null, row: Columns): Refused | null {
    const table = this.#table(object);
    const overlay = this.#overlay(object);
    for (const columns of table.schema.uniques) {
      const value = uniqueValue(columns, row);
      if (value === null) continue;
      const name = nameOfUnique(columns);
      const own = overlay.holders.get(name)?.get(value);
      const committed = overlay.isEmptied ? undefined : table.holders.get(name)?.get(value);
      const holder = own === undefined ? committed : own;
      if (holder !== undefined && holder !== null && holder !== oldId) {
        const message = `Another row has this ${name} already.`;
        return refused("unique", columns[0] ?? null, message);
      }
    }
    return null;
  }

  /** Nobody holds the row's unique values any more. */
  #release(object: string, row: Columns): void {
    const overlay = this.#overlay(object);
    for (const columns of this.#table(object).schema.uniques) {
      const value = uniqueValue(columns, row);
      if (value !== null) overlay.holders.get(nameOfUnique(columns))?.set(value, null);
    }
  }

  /** All columns of the schema; a key that the system gives is given. */
  #stored(table: Table, columns: Columns, isNew: boolean): Columns {
    const row: Record<string, ColumnValue> = { ...columns };
    for (const { name, hasDefault, type } of table.schema.columns) {
      const isGiven = row[name] !== undefined && row[name] !== null;
      if (isNew && !isGiven && hasDefault && type === "integer") {
        row[name] = String(table.nextKey);
        table.nextKey += 1;
      }
      row[name] = inOneSpelling(type, row[name] ?? null);
    }
    return row;
  }

  #table(object: string): Table {
    return present(this.#tables.get(object), `The memory system has an object ${object}.`);
  }

  #overlay(object: string): Overlay {
    const known = this.#overlays.get(object);
    if (known !== undefined) return known;
    const uniques = this.#table(object).schema.uniques;
    const overlay: Overlay = {
      rows: new Map(),
      holders: new Map(uniques.map((columns) => [nameOfUnique(columns), new Map()])),
      origins: new Map(),
      removed: new Set(),
      isEmptied: false,
    };
    this.#overlays.set(object, overlay);
    return overlay;
  }
}

/** A number or a time is stored as such, whatever its text looked like; a text stays as it is. */
function inOneSpelling(type: FieldType, value: ColumnValue): ColumnValue {
  if (type === "text" || type === "enum") return value;
  const parsed = parseValue(type, undefined, value);
  return parsed.ok ? parsed.value : value;
}

/**
 * The state at the transaction's end: what is gone first, then the rows that got other keys, for
 * new ones may have theirs, then the rest; each in the order of touch.
 */
function changesOf(
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

function applyOverlay(table: Table, overlay: Overlay): void {
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
