import { checkEdge, type RoundTrip } from "../../mapping/round-trip.ts";
import type { Binding, Edge, MapDocument } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import type { ObjectSchema } from "../object-schema.ts";
import { bindingWords } from "../place.ts";
import type { Schemas } from "../schemas-for.ts";
import type { MapProblem } from "./problem.ts";

/**
 * Sends values on which mappings break through every two-way edge, there and back. One that cannot
 * bring a value back must not be two-way; values that it is known to refuse are a warning.
 *
 * The map must compile: call it only when nothing else is wrong.
 */
export function* checkRoundTrips(document: MapDocument, schemas: Schemas): Generator<MapProblem> {
  const known = new Map<string, RoundTrip>();
  for (const binding of document.bindings) {
    const schema = schemas[binding.system]?.find((one) => one.name === binding.object) ?? null;
    for (const edge of binding.edges) {
      if (edge.direction !== "both") continue;
      // Most edges are alike: columns and fields of the same types through the same steps.
      const key = likeness(document, binding, edge, schema);
      const found = known.get(key) ?? checkEdge({ document, binding, edge, schema, samples: [] });
      known.set(key, found);
      yield* problemsOf(document, binding, edge, found);
    }
  }
}

function* problemsOf(
  document: MapDocument,
  binding: Binding,
  edge: Edge,
  found: RoundTrip,
): Generator<MapProblem> {
  const place = { binding: binding.id, edge: edge.id };
  const where = `${bindingWords(document, binding.id)}, edge ${edge.id}`;
  if (found.kind === "one-way") {
    const message = `${where} is drawn both ways and is not: ${found.message} Make it read only, \
or change its steps.`;
    const edit: Edit = {
      ...{ type: "change-edge", ...place },
      changes: { direction: "in" },
    };
    const fix = { label: "Make the edge read only", edit };
    yield { severity: "error", code: "round-trip", place, message, fix };
  } else if (found.refuses?.isCertain === true) {
    const message = `${where}: ${found.refuses.message} Such a value waits in quarantine. Change \
the steps, or the values that the field may have.`;
    yield { severity: "warning", code: "refuses-value", place, message };
  }
}

function likeness(
  document: MapDocument,
  binding: Binding,
  edge: Edge,
  schema: ObjectSchema | null,
): string {
  const entity = document.entities.find((one) => one.id === binding.entity);
  const columns = edge.columns.map((name, at) => {
    const { comment: _comment, ...column } = schema?.columns.find((one) => one.name === name) ?? {};
    return { ...column, name: at };
  });
  const fields = edge.fields.map((id) => {
    const field = entity?.fields.find((one) => one.id === id);
    return [field?.type, field?.options, field?.validation];
  });
  // A message may name its column, so edges with steps are alike only with the same columns.
  const names = edge.steps.length === 0 ? [] : edge.columns;
  return JSON.stringify([columns, fields, edge.steps, names]);
}
