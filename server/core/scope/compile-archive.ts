import type { Binding } from "../map/document.ts";
import type { ObjectSchema } from "../map/object-schema.ts";
import { makeEquals } from "../values/equal-value.ts";
import type { Columns, ColumnValue } from "../values/field-value.ts";
import { makeParser } from "../values/parse-value.ts";

/** How a binding's rows are put away instead of being deleted. */
export type CompiledArchive = {
  readonly column: string;
  /** What says that a row is put away, and what says that it is back. */
  readonly value: ColumnValue;
  readonly back: ColumnValue;
  isPutAway(row: Columns): boolean;
  isBack(row: Columns): boolean;
  /** Does the column say the same in both? */
  isSame(a: Columns, b: Columns): boolean;
};

/** Compiles it once per map version; null where rows are deleted, left or asked about. */
export function compileArchive(
  { whenRecordDeleted, archive }: Binding,
  schema: ObjectSchema | null,
): CompiledArchive | null {
  if (whenRecordDeleted !== "archive" || archive === undefined) return null;
  const { column } = archive;
  const found = schema?.columns.find(({ name }) => name === column);
  const type = found?.type ?? "text";
  const parse = makeParser(type, { values: found?.values });
  const equals = makeEquals(type, { values: found?.values });
  const read = (text: string | null): ColumnValue => {
    const parsed = parse(text);
    return parsed.ok ? parsed.value : text;
  };
  const value = read(archive.value);
  const back = read(archive.back);
  const says = (row: Columns, what: ColumnValue | undefined): boolean => {
    const now = row[column];
    return now !== undefined && what !== undefined && equals(now, what);
  };
  return {
    ...{ column, value, back },
    isPutAway: (row) => says(row, value),
    isBack: (row) => says(row, back),
    isSame: (a, b) => says(a, b[column]),
  };
}
