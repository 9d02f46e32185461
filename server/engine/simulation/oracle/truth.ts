import type { MemorySystem } from "../../../connectors/memory/system.ts";
import type { Columns, FieldValue } from "../../../core/values/field-value.ts";
import type { FieldName, Shape } from "../shapes.ts";

/**
 * What really happened in the systems, read from their own logs and from nothing else: every row
 * after every commit, and every change that a person made.
 */
export class Truth {
  readonly #places: readonly { readonly shape: Shape; readonly system: MemorySystem }[];
  readonly #told = new Map<string, number>();
  readonly #rows = new Map<string, Map<string, Row>>();
  #made = 0;
  readonly touches: Touch[] = [];

  constructor(places: readonly { readonly shape: Shape; readonly system: MemorySystem }[]) {
    this.#places = places;
    for (const { shape } of places) this.#rows.set(shape.system, new Map());
  }

  shapeOf(system: string): Shape {
    const place = this.#places.find(({ shape }) => shape.system === system);
    if (place === undefined) throw new Error(`There is no system ${system}.`);
    return place.shape;
  }

  get hasNews(): boolean {
    return this.#places.some(
      ({ shape, system }) => system.log.length !== (this.#told.get(shape.system) ?? 0),
    );
  }

  /** Reads what the logs have got since the last time, and gives it. */
  catchUp(): readonly Touch[] {
    const news: Touch[] = [];
    for (const { shape, system } of this.#places) {
      const from = this.#told.get(shape.system) ?? 0;
      for (const entry of system.log.slice(from)) {
        // Rows may exchange their keys; each started from its own place of before.
        const start = new Map(this.#rowsOf(shape.system));
        for (const [place, change] of entry.changes.entries()) {
          news.push(...this.#touch(shape, entry, { place, start, change }));
        }
      }
      this.#told.set(shape.system, system.log.length);
    }
    this.touches.push(...news);
    return news;
  }

  /** The id that a row has after its system's last commit; null when it is gone. */
  idOf(system: string, row: string): string | null {
    for (const [id, known] of this.#rowsOf(system)) if (known.row === row) return id;
    return null;
  }

  /** The last id that a row had before it was deleted. */
  lastIdOf(system: string, row: string): string | undefined {
    return this.touches.findLast((one) => one.system === system && one.row === row)?.id;
  }

  #rowsOf(system: string): Map<string, Row> {
    return this.#rows.get(system) ?? new Map();
  }

  #touch(shape: Shape, entry: Entry, told: Told): Touch[] {
    const { place, start, change } = told;
    const rows = this.#rowsOf(shape.system);
    const { number, transaction, isOurs, at } = entry;
    const common = { system: shape.system, number, place: place + 1, transaction, isOurs, at };
    switch (change.kind) {
      case "schema":
        return [];
      case "emptied": {
        const gone = [...rows].map(([id, { row, columns }]) => ({
          ...common,
          ...{ id, from: id, row, before: columns, after: null },
        }));
        rows.clear();
        return gone;
      }
      case "gone": {
        const id = change.externalId;
        rows.delete(id);
        const { row = "", columns: before = null } = start.get(id) ?? {};
        return [{ ...common, id, from: id, row, before, after: null }];
      }
      case "row": {
        const id = change.externalId;
        const from = change.previousExternalId ?? id;
        const known = start.get(from);
        const before = known?.columns ?? null;
        const after = { ...before, ...change.columns };
        if (known === undefined) this.#made += 1;
        const row = known?.row ?? `row ${this.#made}`;
        if (from !== id && rows.get(from) === known) rows.delete(from);
        rows.set(id, { row, columns: after });
        return [{ ...common, id, from, row, before, after }];
      }
    }
  }
}

/** A row keeps its name here, whatever its key becomes. */
type Row = { readonly row: string; readonly columns: Columns };

type Entry = MemorySystem["log"][number];

type Told = {
  readonly place: number;
  /** The rows before this commit. */
  readonly start: ReadonlyMap<string, Row>;
  readonly change: Entry["changes"][number];
};

/** One row's change by one commit. */
export type Touch = {
  readonly system: string;
  /** The commit's number in its system's log, and the change's place in it, from 1. */
  readonly number: number;
  readonly place: number;
  readonly transaction: string;
  readonly isOurs: boolean;
  readonly at: string;
  readonly id: string;
  /** The row's id before. */
  readonly from: string;
  /** Which row it is, whatever its id: "row 7". */
  readonly row: string;
  readonly before: Columns | null;
  /** Null: the row is gone. */
  readonly after: Columns | null;
};

/** The place of a change in its system's order, as the memory connector writes it. */
export function positionOf({ number, place }: Pick<Touch, "number" | "place">): string {
  const commit = number.toString(16).toUpperCase().padStart(16, "0");
  return `${commit}:${String(place).padStart(10, "0")}`;
}

/** The fields whose value a touch changed, as the shape reads them. */
export function fieldsChanged(shape: Shape, touch: Touch): FieldChange[] {
  if (touch.after === null) return [];
  const now = shape.read(touch.after);
  const before = touch.before === null ? {} : shape.read(touch.before);
  return Object.entries(now).flatMap(([field, value]) => {
    const was = (before as Record<string, string | null | undefined>)[field];
    if (touch.before !== null && was === value) return [];
    return [{ field: field as FieldName, value: value as FieldValue | undefined, before: was }];
  });
}

export type FieldChange = {
  readonly field: FieldName;
  /** Undefined: it means nothing in the hub. */
  readonly value: FieldValue | undefined;
  readonly before: FieldValue | undefined;
};
