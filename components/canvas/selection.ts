/** What is chosen on a canvas: what the inspector shows and the address names. */
export type Selection =
  | { readonly kind: "entity" }
  | { readonly kind: "field"; readonly field: string }
  | { readonly kind: "edge"; readonly binding: string; readonly edge: string }
  | { readonly kind: "column"; readonly binding: string; readonly column: string }
  | { readonly kind: "binding"; readonly binding: string };

export const NOTHING: Selection = { kind: "entity" };

/**
 * A selection as the address writes it.
 *
 * { kind: "edge", binding: "erp-product", edge: "price" } => "edge:erp-product/price"
 */
export function selectionText(selection: Selection): string | null {
  switch (selection.kind) {
    case "field":
      return `field:${selection.field}`;
    case "edge":
      return `edge:${selection.binding}/${selection.edge}`;
    case "column":
      return `column:${selection.binding}/${selection.column}`;
    case "binding":
      return `binding:${selection.binding}`;
    default:
      return null;
  }
}

/** Reads what `selectionText` wrote; anything else is nothing in particular. */
export function readSelection(text: string | null): Selection {
  const [, kind, rest = ""] = /^(field|edge|column|binding):(.+)$/.exec(text ?? "") ?? [];
  const [binding = "", ...more] = rest.split("/");
  const name = more.join("/");
  switch (kind) {
    case "field":
      return { kind, field: rest };
    case "binding":
      return { kind, binding: rest };
    case "edge":
      return name === "" ? NOTHING : { kind, binding, edge: name };
    case "column":
      return name === "" ? NOTHING : { kind, binding, column: name };
    default:
      return NOTHING;
  }
}
