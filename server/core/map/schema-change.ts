import type { ColumnSchema, ObjectSchema } from "./object-schema.ts";

export type SchemaChange = {
  /** For people, one change each. */
  readonly sentences: readonly string[];
  /** Columns in use are gone or mean something else: reading of the object stands still. */
  readonly breaking: boolean;
};

/**
 * What differs between two shapes of an object, and whether its edges can go on.
 * @param used the columns that edges read or write
 */
export function classifySchemaChange(
  before: ObjectSchema,
  after: ObjectSchema | null,
  used: ReadonlySet<string>,
): SchemaChange {
  if (after === null) {
    return { sentences: [`${before.name} is no longer there.`], breaking: true };
  }
  const sentences: string[] = [];
  let breaking = false;
  if (before.key.join() !== after.key.join()) {
    sentences.push(`The key changed from (${before.key.join(", ")}) to (${after.key.join(", ")}).`);
    breaking = true;
  }
  const now = new Map(after.columns.map((column) => [column.name, column]));
  const then = new Set(before.columns.map(({ name }) => name));
  for (const column of before.columns) {
    const change = changeOf(column, now.get(column.name));
    if (change === null) continue;
    sentences.push(used.has(column.name) ? `${change.sentence} An edge uses it.` : change.sentence);
    breaking ||= change.breaking && used.has(column.name);
  }
  for (const { name, nativeType } of after.columns) {
    if (!then.has(name)) sentences.push(`Column ${name} (${nativeType}) is new.`);
  }
  return { sentences, breaking };
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
