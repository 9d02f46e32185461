import type { Columns } from "../../core/values/field-value.ts";
import type { Table } from "./table.ts";

type State = {
  readonly atMs: number;
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Columns>>;
  readonly stamps: ReadonlyMap<string, number>;
};

/** What a system had after each of its commits, for reads that show the past, as a replica's do. */
export class Past {
  readonly #states: State[] = [];

  note(atMs: number, tables: ReadonlyMap<string, Table>, stamps: State["stamps"]): void {
    const rows = new Map([...tables].map(([name, table]) => [name, new Map(table.rows)]));
    const last = this.#states.at(-1);
    if (last?.atMs === atMs) this.#states.pop();
    this.#states.push({ atMs, rows, stamps: new Map(stamps) });
  }

  /** What it had then; what it began with, where that is later. */
  at(ms: number): State | undefined {
    return this.#states.findLast(({ atMs }) => atMs <= ms) ?? this.#states[0];
  }
}
