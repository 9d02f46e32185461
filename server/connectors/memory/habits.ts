import type { Columns } from "../../core/values/field-value.ts";
import type { Refused } from "./table.ts";

/** What a system does by itself, beside what it is asked for. */
export type MemoryHabits = {
  /**
   * Columns that it fills itself whenever somebody writes a row.
   * @param before the row until then; null for a new one
   */
  readonly fills: (object: string, row: Columns, before: Columns | null) => Columns;
  /** Why it takes no such row; null where it does. */
  readonly refuses: (object: string, row: Columns) => Refused | null;
  readonly cascades: readonly Cascade[];
  /** Of so many rows that it says it has written it has written one less; 0: it is honest. */
  readonly liesEvery: number;
};

/** When a row of `to` is deleted, those of `object` go with it whose `column` names it. */
export type Cascade = { readonly object: string; readonly column: string; readonly to: string };

export const NO_HABITS: MemoryHabits = {
  fills: () => ({}),
  refuses: () => null,
  cascades: [],
  liesEvery: 0,
};
