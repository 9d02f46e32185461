import {
  findReferred,
  type ReferringEdge,
  type Unfit,
  whyUnfit,
} from "../../mapping/find-referred.ts";
import type { Binding, MapDocument } from "../document.ts";
import { bindingWords } from "../place.ts";
import { referredEntity } from "../references.ts";
import { type Schemas, schemasFor } from "../schemas-for.ts";
import type { MapProblem } from "./problem.ts";

/** Whether the columns of each reference name rows as it says, so that they can be followed. */
export function* checkReferences(document: MapDocument, schemas: Schemas): Generator<MapProblem> {
  for (const binding of document.bindings) {
    yield* refersToNobody(document, binding);
    for (const referring of referringEdges(document, binding, schemas)) {
      const found = findReferred(referring);
      if (!found.ok || found.referred === null) continue;
      const unfit = whyUnfit(referring, found.referred);
      if (unfit !== null) yield problemOf(referring, unfit);
    }
  }
}

function problemOf({ document, binding, edge, field }: ReferringEdge, unfit: Unfit): MapProblem {
  const { severity, why } = unfit;
  const code = severity === "error" ? "reference-key" : "reference-shared";
  const place = { binding: binding.id, edge: edge.id, field: field.id };
  return {
    severity,
    code,
    place,
    message: `${bindingWords(document, binding.id)}: ${field.name} ${why}`,
  };
}

/** An edge that says by what it refers, and leads to no reference. */
function* refersToNobody(document: MapDocument, binding: Binding): Generator<MapProblem> {
  const fields = document.entities.find(({ id }) => id === binding.entity)?.fields ?? [];
  const refers = new Set(fields.filter((one) => referredEntity(one) !== null).map(({ id }) => id));
  for (const { id, refersBy, fields: to } of binding.edges) {
    if (refersBy === undefined || to.some((field) => refers.has(field))) continue;
    const place = { binding: binding.id, edge: id };
    const message = `${bindingWords(document, binding.id)}, edge ${id}: it refers by \
${refersBy.join(", ")}, and leads to no reference to a record. Choose such a field, or take that away.`;
    yield { severity: "error", code: "reference-key", place, message };
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
