import { findReferred, type ReferringEdge, whyNoKey } from "../../mapping/find-referred.ts";
import type { Binding, MapDocument } from "../document.ts";
import { bindingWords } from "../place.ts";
import { type Schemas, schemasFor } from "../schemas-for.ts";
import type { MapProblem } from "./problem.ts";

/** Whether the columns of each reference name rows by their key, so that they can be followed. */
export function* checkReferences(document: MapDocument, schemas: Schemas): Generator<MapProblem> {
  for (const binding of document.bindings) {
    for (const referring of referringEdges(document, binding, schemas)) {
      const { edge, field } = referring;
      const found = findReferred(referring);
      const why = found.ok && found.referred !== null ? whyNoKey(referring, found.referred) : null;
      if (why === null) continue;
      const place = { binding: binding.id, edge: edge.id, field: field.id };
      const message = `${bindingWords(document, binding.id)}: ${field.name} ${why}`;
      yield { severity: "error", code: "reference-key", place, message };
    }
  }
}

/** Every edge with each of the fields that it leads to. */
function referringEdges(
  document: MapDocument,
  binding: Binding,
  schemas: Schemas,
): ReferringEdge[] {
  const known = schemasFor(schemas, binding);
  const fields = document.entities.find(({ id }) => id === binding.entity)?.fields ?? [];
  return binding.edges.flatMap((edge) =>
    fields
      .filter(({ id }) => edge.fields.includes(id))
      .map((field) => ({ document, binding, edge, field, ...known })),
  );
}
