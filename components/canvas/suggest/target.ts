import type { MapDocument } from "../../../server/core/map/document.ts";
import type { RowPlace } from "../canvas-state.ts";
import { bindingOfNode } from "../flow-types.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import type { Selection } from "../selection.ts";

/** What suggestions are wanted for: a row, or everything that an object or the entity has. */
export type SuggestTarget =
  | { readonly kind: "column"; readonly binding: string; readonly column: string }
  /** A field, in one system or (null) in all that have nothing of it. */
  | { readonly kind: "field"; readonly field: string; readonly binding: string | null }
  /** Null: every object of the entity. */
  | { readonly kind: "all"; readonly binding: string | null };

/** One row. */
export type RowAsk = Exclude<SuggestTarget, { kind: "all" }>;

/** What a row of the canvas asks for; null for a fold, which is about no row. */
export function targetOfPlace({ node, row }: RowPlace): SuggestTarget | null {
  const binding = bindingOfNode(node);
  if (row === HEADER_ANCHOR) return { kind: "all", binding };
  if (row.startsWith("toggle:")) return null;
  return binding === null
    ? { kind: "field", field: row, binding: null }
    : { kind: "column", binding, column: row };
}

/** What is chosen asks for the same as its row. */
export function targetOfSelection(document: MapDocument, selection: Selection): SuggestTarget {
  switch (selection.kind) {
    case "field":
      return { kind: "field", field: selection.field, binding: null };
    case "column":
      return selection;
    case "binding":
      return { kind: "all", binding: selection.binding };
    case "edge": {
      const edges = document.bindings.find(({ id }) => id === selection.binding)?.edges;
      const [column] = edges?.find(({ id }) => id === selection.edge)?.columns ?? [];
      if (column !== undefined) return { kind: "column", binding: selection.binding, column };
      return { kind: "all", binding: selection.binding };
    }
    default:
      return { kind: "all", binding: null };
  }
}
