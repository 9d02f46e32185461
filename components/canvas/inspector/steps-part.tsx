"use client";

import type { Binding, Edge, Step } from "../../../server/core/map/document.ts";
import { TRANSFORMS } from "../../../server/core/transforms/registry.ts";
import type { FieldType } from "../../../server/core/values/field-value.ts";
import { FieldValue } from "../../values/field-value.tsx";
import { useCanvas } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { PanelPart, Sentence } from "./panel.tsx";
import { StepCard } from "./step-card.tsx";
import { StepPalette } from "./step-palette.tsx";

type StepsPartProps = {
  binding: Binding;
  edge: Edge;
  onChange: (steps: Step[]) => void;
};

/** What happens to a value on its way, step by step, with the sample going through. */
export function StepsPart({ binding, edge, onChange }: StepsPartProps) {
  const { readOnly, schemaOf } = useEditor();
  const trace = useCanvas((state) => state.sample.traces[`${binding.id}/${edge.id}`]);
  const types = typesBefore(edge, schemaOf(binding)?.columns ?? []);
  const { steps } = edge;
  const move = (from: number, to: number) => {
    const step = steps[from];
    if (step === undefined) return;
    onChange(steps.toSpliced(from, 1).toSpliced(to, 0, step));
  };
  return (
    <PanelPart title="On the way">
      {trace?.columns != null && (
        <p className="flex min-w-0 flex-wrap items-center gap-1.5 type-small text-ink-2">
          <span>Sample:</span>
          {trace.columns.map((value, at) => (
            // The values of one row differ by their place alone.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <FieldValue key={at} value={value} />
          ))}
        </p>
      )}
      {steps.length === 0 && <Sentence>Values go through as they are.</Sentence>}
      <ol className="flex flex-col gap-3">
        {steps.map((step, at) => (
          <StepCard
            // A step has no identity of its own; another transform at its place is another step.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={`${at} ${step.transform}`}
            {...{ step, at, count: steps.length, isLocked: readOnly !== null }}
            trace={trace?.steps[at]}
            seen={seenBy(binding, edge, at)}
            onChange={(settings) => onChange(steps.with(at, { ...step, settings }))}
            onMove={(to) => move(at, to)}
            onRemove={() => onChange(steps.toSpliced(at, 1))}
          />
        ))}
      </ol>
      {readOnly === null && (
        <StepPalette
          label={steps.length === 0 ? "Add a step" : "Add another step"}
          types={types}
          onChoose={(id) =>
            onChange([...steps, { transform: id, settings: firstSettings(id, edge) }])
          }
        />
      )}
    </PanelPart>
  );
}

/** The types that arrive behind the last step. */
function typesBefore(
  edge: Edge,
  columns: readonly { name: string; type: FieldType }[],
): readonly FieldType[] {
  const last = TRANSFORMS.find(({ id }) => id === edge.steps.at(-1)?.transform);
  if (last !== undefined) return last.returns;
  return columns.filter(({ name }) => edge.columns.includes(name)).map(({ type }) => type);
}

/** Whose values a step gets; where several columns meet, nobody can say which of them it is. */
function seenBy(binding: Binding, { columns, steps }: Edge, at: number) {
  const [column, ...others] = columns;
  if (column === undefined || others.length > 0) return null;
  return { binding: binding.id, column, before: steps.slice(0, at) };
}

/** What can be known of a new step's settings from where it stands. */
function firstSettings(transform: string, edge: Edge): Step["settings"] {
  if (transform === "concatenate") return { parts: Math.max(2, edge.columns.length) };
  if (transform === "split-text") return { parts: Math.max(2, edge.fields.length), separator: " " };
  if (transform === "template") return { text: placesOf(edge.columns.length) };
  if (transform === "scale") return { operation: "divide", factor: "100" };
  return {};
}

/** 2 => "{1} {2}" */
function placesOf(count: number): string {
  return Array.from({ length: count }, (_, at) => `{${at + 1}}`).join(" ");
}
