import type { ColumnSchema, ObjectSchema } from "./object-schema.ts";

export type SchemaChange = {
  /** For people, one change each. */
  readonly sentences: readonly string[];
  /** Columns in use that are gone or mean something else: what their edges carry stands still. */
  readonly lost: LostColumns;
  /** The object is gone, or its rows are named otherwise: all of it stands still. */
  readonly isUnreadable: boolean;
};

/** Columns by name, with the type that they had. */
export type LostColumns = Readonly<Record<string, ColumnSchema["type"]>>;

/**
 * What differs between two shapes of an object, and which of its edges cannot go on.
 * @param used the columns that edges read or write
 */
export function classifySchemaChange(
  before: ObjectSchema,
  after: ObjectSchema | null,
  used: ReadonlySet<string>,
): SchemaChange {
  if (after === null) {
    return { sentences: [`${before.name} is no longer there.`], lost: {}, isUnreadable: true };
  }
  const changes = before.columns.flatMap((column) => {
    const change = changeOf(
      column,
      after.columns.find(({ name }) => name === column.name),
    );
    return change === null ? [] : [{ ...change, column, isUsed: used.has(column.name) }];
  });
  const lost = changes.filter(({ breaking, isUsed }) => breaking && isUsed);
  const isUnreadable = before.key.join() !== after.key.join();
  const keys = `The key changed from (${before.key.join(", ")}) to (${after.key.join(", ")}).`;
  const then = new Set(before.columns.map(({ name }) => name));
  const added = after.columns.filter(({ name }) => !then.has(name));
  return {
    sentences: [
      ...(isUnreadable ? [keys] : []),
      ...changes.map(({ sentence, isUsed }) =>
        isUsed ? `${sentence} An edge uses it.` : sentence,
      ),
      ...added.map(({ name, nativeType }) => `Column ${name} (${nativeType}) is new.`),
    ],
    lost: Object.fromEntries(lost.map(({ column }) => [column.name, column.type])),
    isUnreadable,
  };
}

/** Those of the lost columns that an object of this shape still does not have as they were. */
export function stillLost(lost: LostColumns, schema: ObjectSchema): LostColumns {
  const types = new Map(schema.columns.map(({ name, type }) => [name, type]));
  return Object.fromEntries(
    Object.entries(lost).filter(([name, type]) => types.get(name) !== type),
  );
}

function changeOf(before: ColumnSchema, after: ColumnSchema | undefined) {
  const { name } = before;
  if (after === undefined) return { sentence: `Column ${name} is gone.`, breaking: true };
  if (before.type !== after.type) {
    const sentence = `Column ${name} changed its type from ${before.nativeType} to ${after.nativeType}.`;
    return { sentence, breaking: true };
  }
  if (before.nativeType !== after.nativeType || before.nullable !== after.nullable) {
    const sentence = `Column ${name} is ${describe(after)} now; it was ${describe(before)}.`;
    return { sentence, breaking: false };
  }
  return null;
}

function describe({ nativeType, nullable }: ColumnSchema): string {
  return nullable ? nativeType : `${nativeType}, required`;
}
