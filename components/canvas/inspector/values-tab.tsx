"use client";

import type { Field, MapSystem } from "../../../server/core/map/document.ts";
import type { EdgeTrace } from "../../../server/core/mapping/explain.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Lamp } from "../../ui/lamp.tsx";
import { FieldValue } from "../../values/field-value.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useCanvas } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { ENTITY_NODE } from "../flow-types.ts";
import { fieldOf } from "../gestures/row-acts.ts";
import { SampleBar } from "../sample/sample-bar.tsx";
import { PanelPart, Sentence } from "./panel.tsx";
import { RulesPart } from "./rules-part.tsx";

/** What the systems hold of the field, and what a value must meet. */
export function ValuesTab() {
  const { document, entity, selection } = useEditor();
  const field = fieldOf(document, entity, selection);
  if (field === null) {
    return (
      <EmptyState icon="eye" title="Choose a field">
        Choose one in the middle of the canvas, or a line to it, to see what each system holds.
      </EmptyState>
    );
  }
  return (
    <>
      <HeldPart field={field} />
      <RulesPart key={field.id} field={field} />
    </>
  );
}

/** The sample's value in the hub and in each system, before and after the steps. */
function HeldPart({ field }: { field: Field }) {
  const { document, entity, samples } = useEditor();
  const sample = useCanvas((state) => state.sample);
  const lines = document.bindings
    .filter((binding) => binding.entity === entity.id)
    .flatMap((binding) =>
      binding.edges
        .filter(({ fields }) => fields.includes(field.id))
        .map((edge) => ({
          ...{ key: `${binding.id}/${edge.id}`, edge },
          system: document.systems.find(({ id }) => id === binding.system),
          trace: sample.traces[`${binding.id}/${edge.id}`],
        })),
    );
  return (
    <PanelPart title="What each holds">
      <SampleBar />
      {samples.sample === null && <Sentence>There is no record to look at yet.</Sentence>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3 gap-y-2">
        <dt className="type-label">Hub</dt>
        <dd className="flex min-w-0">
          <FieldValue value={sample.values[ENTITY_NODE]?.[field.id]} type={field.type} expandable />
        </dd>
        {lines.map(({ key, edge, system, trace }) => (
          <Held key={key} {...{ system, trace, field }} columns={edge.columns} />
        ))}
      </dl>
      <Spread field={field} />
    </PanelPart>
  );
}

type HeldProps = {
  system: MapSystem | undefined;
  trace: EdgeTrace | undefined;
  columns: readonly string[];
  field: Field;
};

function Held({ system, trace, columns, field }: HeldProps) {
  const problem = trace?.problems.find((one) => one.field === field.id);
  const isAsItIs = trace?.steps.length === 0;
  return (
    <>
      <dt className="flex min-w-0 items-center gap-2">
        {system && <LineBullet system={system} size={16} />}
        <span className="truncate type-small text-ink-2">{columns.join(", ")}</span>
      </dt>
      <dd className="flex min-w-0 flex-wrap items-center gap-1.5">
        {(trace?.columns ?? [undefined]).map((value, at) => (
          // The values of one row differ by their place alone.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <FieldValue key={at} value={value} />
        ))}
        {!isAsItIs && trace?.fields[field.id] !== undefined && (
          <span className="flex min-w-0 items-center gap-1.5 type-small text-ink-2">
            reads as <FieldValue value={trace.fields[field.id]} type={field.type} />
          </span>
        )}
        {problem !== undefined && (
          <span className="flex items-start gap-1 type-small text-fail">
            <Lamp state="failed" size={12} label="" className="mt-0.5" />
            {problem.message}
          </span>
        )}
      </dd>
    </>
  );
}

/** How the values of the records that were read are spread. */
function Spread({ field }: { field: Field }) {
  const { samples } = useEditor();
  const values = samples.window.map(({ hub }) => hub[field.id]);
  const told = values.filter((value) => value !== undefined && value !== null && value !== "");
  if (values.length < 2 || told.length === 0) return null;
  const distinct = new Set(told.map((value) => JSON.stringify(value))).size;
  const blank = values.length - told.length;
  return (
    <Sentence>
      {`Of ${values.length} records read: ${distinct} different ${distinct === 1 ? "value" : "values"}` +
        `${blank === 0 ? "" : `, ${blank} without one`}.`}
    </Sentence>
  );
}
