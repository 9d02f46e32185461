import { externalIdOf, keyPartsOf, keyText } from "../external-id.ts";
import type { ObjectSchema } from "../map/object-schema.ts";
import { makeKey } from "../values/equal-value.ts";
import type { Columns, ColumnValue } from "../values/field-value.ts";

/** How others name the rows of a binding, where they do not do so by its key. */
export type RowNaming = {
  /** Tells names of this kind from all others, as a binding's id does those by its key. */
  readonly space: string;
  readonly binding: string;
  readonly object: string;
  readonly columns: readonly string[];
  /** The text under which a name is looked for: names that the system takes for one have one. */
  keyOf(name: string): string;
  /** What a row is named; null where it has no name, undefined where nobody has told it. */
  nameOf(columns: Columns): string | null | undefined;
};

/** What is longer names nobody: it would not fit into an index. */
const NAME_CHARACTERS_MAX = 500;

/** Is it the space of a naming? A binding's own id is none. */
export const isNaming = (space: string): boolean => space.startsWith("[");

/** Names the rows of a binding by some of its columns. */
export function nameRows(
  { binding, object, columns }: Pick<RowNaming, "binding" | "object" | "columns">,
  schema: ObjectSchema | null,
): RowNaming {
  const folds = columns.map((name) => {
    const column = schema?.columns.find((one) => one.name === name);
    const { type = "text", values, ignoresCase = false } = column ?? {};
    return makeKey(type, { ignoreCase: ignoresCase, ...(values === undefined ? {} : { values }) });
  });
  return {
    ...{ space: JSON.stringify([binding, ...columns]), binding, object, columns },
    keyOf(name) {
      const parts = keyPartsOf(name, columns.length) ?? [name];
      return externalIdOf(parts.map((part, place) => folds[place]?.(part) ?? part));
    },
    nameOf(row) {
      const values = columns.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined));
      if (values.includes(undefined)) return undefined;
      const parts = values.flatMap((value) => textOf(value ?? null));
      if (parts.length < columns.length) return null;
      const name = externalIdOf(parts);
      return name.length > NAME_CHARACTERS_MAX ? null : name;
    },
  };
}

function textOf(value: ColumnValue): readonly string[] {
  return value === null || value === "" ? [] : [keyText(value)];
}
