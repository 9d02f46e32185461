import { externalIdOf, keyPartsOf, keyText } from "../external-id.ts";
import { type CompiledStep, problem } from "../transforms/transform.ts";
import type { FieldValue } from "../values/field-value.ts";

/** How several columns name a row whose key has as many. */
export type KeyOfColumns = {
  /** Per part of the key, the place of its column among the edge's. */
  readonly parts: readonly number[];
  /** Per column, whether it may be without a value: of those that may not, none is cleared. */
  readonly clearable: readonly boolean[];
};

/**
 * Makes the id of a row of the columns that name it, and the columns of an id. A reference of which
 * one part is missing leads to nobody, as in a database.
 */
export function keyOfColumns({ parts, clearable }: KeyOfColumns): CompiledStep {
  const count = parts.length;
  return {
    // Without one part, the others may have any value: they are kept from before.
    kind: "lossy",
    inputs: count,
    outputs: 1,
    forward(values) {
      const named = parts.map((place) => values[place] ?? null);
      if (named.includes(null)) return { ok: true, values: [null] };
      return { ok: true, values: [externalIdOf(named.map(keyText))] };
    },
    backward([id = null], previous) {
      if (id === null || id === "") return { ok: true, values: cleared(clearable, previous) };
      const key = typeof id === "string" ? keyPartsOf(id, count) : null;
      if (key === null) return problem("type", `It is no key of ${count} columns.`);
      const values: FieldValue[] = Array.from({ length: count }, () => null);
      for (const [part, place] of parts.entries()) values[place] = key[part] ?? null;
      return { ok: true, values };
    },
  };
}

/** A column that the row also needs for itself keeps what it has. */
function cleared(
  clearable: readonly boolean[],
  previous: readonly FieldValue[] | null,
): readonly FieldValue[] {
  return clearable.map((may, place) => (may ? null : (previous?.[place] ?? null)));
}
