import { present } from "../../core/assert.ts";
import type { ObjectSchema } from "../../core/map/object-schema.ts";
import type { Columns, ColumnValue, FieldType } from "../../core/values/field-value.ts";
import { parseValue } from "../../core/values/parse-value.ts";
import type { MemoryHabits } from "./habits.ts";
import { applyOverlay, changesOf, type LogChange, type Overlay } from "./overlay.ts";
import {
  nameOfUnique,
  type Refused,
  refusalOfRow,
  refused,
  rowId,
  type Table,
  uniqueValue,
} from "./table.ts";

/** What a system does to the values that are written: it stores them differently. */
export type Adjust = (object: string, columns: Columns) => Columns;

/** Edits that nobody else sees before the commit. */
export class MemoryTransaction {
  readonly id: string;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #adjust: Adjust;
  readonly #habits: MemoryHabits;
  readonly #now: () => string;
  readonly #overlays = new Map<string, Overlay>();
  readonly #reshaped = new Map<string, ObjectSchema>();
  isOver = false;

  constructor(
    id: string,
    tables: ReadonlyMap<string, Table>,
    {
      adjust,
      habits,
      now,
    }: {
      readonly adjust: Adjust;
      readonly habits: MemoryHabits;
      readonly now: () => string;
    },
  ) {
    this.id = id;
    this.#tables = tables;
    this.#adjust = adjust;
    this.#habits = habits;
    this.#now = now;
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

  /** Have both touched one row, or one unique value? */
  isInTheWayOf(other: MemoryTransaction): boolean {
    return [...this.#overlays].some(([object, overlay]) => {
      const theirs = other.#overlays.get(object);
      if (theirs === undefined) return false;
      if (overlay.isEmptied || theirs.isEmptied) return true;
      if ([...overlay.rows.keys()].some((id) => theirs.rows.has(id))) return true;
      return [...overlay.holders].some(([name, holders]) => {
        const held = theirs.holders.get(name);
        return [...holders.keys()].some((value) => held?.has(value) === true);
      });
    });
  }

  /** What it has done stands by now: it goes on with nothing of its own. */
  forget(): void {
    this.#overlays.clear();
    this.#reshaped.clear();
  }

  /** Adds a row. Gives its id and the row as stored, or why not. */
  insert(object: string, columns: Columns): { id: string; row: Columns } | Refused {
    const table = this.#table(object);
    const row = this.#filled(table, this.#stored(table, this.#adjust(object, columns), true), null);
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
    const row = this.#filled(table, this.#stored(table, { ...before, ...adjusted }, false), before);
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
    this.#cascade(object, id);
    return null;
  }

  /** Removes the rows that go with one. */
  #cascade(object: string, id: string): void {
    for (const { object: from, column, to } of this.#habits.cascades) {
      if (to !== object) continue;
      const ids = new Set([
        ...this.#table(from).rows.keys(),
        ...(this.#overlays.get(from)?.rows.keys() ?? []),
      ]);
      for (const one of ids) if (this.row(from, one)?.[column] === id) this.remove(from, one);
    }
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
    const refusal =
      refusalOfRow(table.schema, row) ??
      this.#habits.refuses(object, row) ??
      this.#refusalOfUnique(object, oldId, row);
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
        row[name] = this.#newKey(table);
      }
      if (isNew && !isGiven && name === table.schema.madeAt) row[name] = this.#now();
      row[name] = inOneSpelling(type, row[name] ?? null);
    }
    return row;
  }

  /** With what the system itself puts into it. */
  #filled({ schema }: Table, row: Columns, before: Columns | null): Columns {
    const filled: Record<string, ColumnValue> = { ...row };
    for (const [name, value] of Object.entries(this.#habits.fills(schema.name, row, before))) {
      const type = schema.columns.find((column) => column.name === name)?.type;
      filled[name] = type === undefined ? value : inOneSpelling(type, value);
    }
    return filled;
  }

  #newKey(table: Table): string {
    const { name, reusesIds } = table.schema;
    let key = reusesIds === true ? 1 : table.nextKey;
    while (reusesIds === true && this.row(name, String(key)) !== null) key += 1;
    table.nextKey = key + 1;
    return String(key);
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
