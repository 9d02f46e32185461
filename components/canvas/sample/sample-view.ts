import type { Entity, Field, MapDocument } from "../../../server/core/map/document.ts";
import type { EdgeTrace, traceEdge } from "../../../server/core/mapping/explain.ts";
import type { Columns, FieldValue, FieldValues } from "../../../server/core/values/field-value.ts";
import { NO_SAMPLE, type SampleView } from "../canvas-state.ts";
import { ENTITY_NODE, systemNode } from "../flow-types.ts";
import { partsOf } from "../parts.ts";

/** What the steps of an edge make of a row. */
export type TraceEdge = typeof traceEdge;

/** While it is not known yet what steps do, nothing flows. */
export const NOTHING_FLOWS: TraceEdge = () => ({
  ...{ columns: null, steps: [], fields: {}, problems: [] },
});

/** One record with the rows that it is made of, as `maps.sample` gives it. */
export type Sample = {
  readonly record: string | null;
  readonly hub: FieldValues;
  readonly rows: Readonly<
    Record<string, { readonly externalId: string; readonly columns: Columns }>
  >;
};

/**
 * What a sample shows on the draft's boxes and lines. A field that the hub has no value for yet
 * shows what would arrive from the system that comes first among those that decide it.
 */
export function sampleView(
  document: MapDocument,
  entity: Entity,
  sample: Sample | null,
  trace: TraceEdge,
): SampleView {
  if (sample === null) return NO_SAMPLE;
  const values: Record<string, Record<string, FieldValue | undefined>> = {};
  const traces: Record<string, EdgeTrace> = {};
  const arrivals: Record<string, Record<string, FieldValue>> = {};
  for (const binding of document.bindings) {
    const row = sample.rows[binding.id];
    if (binding.entity !== entity.id || row === undefined) continue;
    values[systemNode(binding.id)] = { ...row.columns };
    for (const edge of binding.edges) {
      const flow = trace(edge, row.columns, entity);
      traces[`${binding.id}/${edge.id}`] = flow;
      if (edge.direction === "out") continue;
      arrivals[binding.system] = { ...flow.fields, ...arrivals[binding.system] };
    }
  }
  values[ENTITY_NODE] = fieldValues(document, entity, sample.hub, arrivals);
  return { values, traces };
}

function fieldValues(
  document: MapDocument,
  entity: Entity,
  hub: FieldValues,
  arrivals: Readonly<Record<string, FieldValues>>,
): Record<string, FieldValue | undefined> {
  const valueIn = (field: Field) => {
    if (Object.hasOwn(hub, field.id)) return hub[field.id];
    const systems = [...partsOf(document, entity.id, field).keys()];
    const told = systems.map((system) => arrivals[system]?.[field.id]);
    return told.find((value) => value !== undefined);
  };
  return Object.fromEntries(entity.fields.map((field) => [field.id, valueIn(field)]));
}

/** What names a sample: its title, else the id of any of its rows. */
export function sampleTitle(entity: Entity, view: SampleView, sample: Sample): string {
  const title = view.values[ENTITY_NODE]?.[entity.title];
  if (typeof title === "string" && title !== "") return title;
  const [row] = Object.values(sample.rows);
  return row?.externalId ?? "A record without a name";
}
