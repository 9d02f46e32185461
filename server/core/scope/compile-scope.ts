import { compileCondition, type Holds } from "../conditions/condition.ts";
import { conditionWords } from "../conditions/condition-words.ts";
import type { Binding, Condition, Scope } from "../map/document.ts";
import type { ColumnSchema, ObjectSchema } from "../map/object-schema.ts";
import type { Columns, FieldValue } from "../values/field-value.ts";
import { quoteValue } from "../values/format-value.ts";

/** Which rows of its object a binding is about, as a plain function of a row's columns. */
export type CompiledScope = {
  readonly whenLeft: Scope["whenLeft"];
  readonly columns: readonly string[];
  /** Why the row lies outside, as a sentence; null where it lies inside. */
  missOf(row: Columns): string | null;
  /** The same of a row that is to be made of these columns: what nobody writes is a default. */
  missOfNew(made: Columns): string | null;
};

/**
 * Compiles a binding's scope, once per map version; null where it is about all rows. A row of
 * which not all is known lies outside: nothing is done to what cannot be judged.
 */
export function compileScope(
  { scope }: Binding,
  schema: ObjectSchema | null,
): CompiledScope | null {
  if (scope === undefined) return null;
  const parts = scope.conditions.map((condition) => partOf(condition, schema));
  return {
    whenLeft: scope.whenLeft,
    columns: [...new Set(parts.map(({ condition }) => condition.of))],
    missOf: (row) => missOf(parts, scope.match, ({ condition }) => row[condition.of]),
    missOfNew: (made) =>
      missOf(
        parts,
        scope.match,
        ({ condition, column }) => made[condition.of] ?? defaultOf(column),
      ),
  };
}

function missOf(
  parts: readonly Part[],
  match: Scope["match"],
  valueIn: (part: Part) => FieldValue | undefined,
): string | null {
  const misses: string[] = [];
  for (const part of parts) {
    const value = valueIn(part);
    const holds = value !== undefined && part.holds(value);
    if (holds && match === "any") return null;
    if (!holds) misses.push(missWords(part, value));
  }
  return misses.length === 0 ? null : misses.join(" ");
}

type Part = {
  readonly condition: Condition;
  readonly column: ColumnSchema | undefined;
  readonly holds: Holds;
};

function partOf(condition: Condition, schema: ObjectSchema | null): Part {
  const column = schema?.columns.find(({ name }) => name === condition.of);
  const type = column?.type ?? "text";
  const compiled = compileCondition(condition, { type, options: { values: column?.values } });
  // A published map was checked: what does not compile has changed under it, and stands still.
  return { condition, column, holds: compiled.ok ? compiled.holds : () => false };
}

/** A column that is not written is null, unless its system has a value of its own for it. */
function defaultOf(column: ColumnSchema | undefined): null | undefined {
  return column === undefined || column.hasDefault || column.readOnly ? undefined : null;
}

function missWords({ condition }: Part, value: FieldValue | undefined): string {
  const is = value === undefined ? "not known" : quoteValue(value);
  return `${condition.of} is ${is}, and the scope wants: ${conditionWords(condition)}.`;
}
