"use client";

import type { EdgeTrace } from "../../../server/core/mapping/explain.ts";
import type { FieldValue as Value } from "../../../server/core/values/field-value.ts";
import { Icon } from "../../ui/icon.tsx";
import { FieldValue } from "../../values/field-value.tsx";

/** How the sample's value goes through the steps of an edge, above its middle. */
export function TraceLabel({ trace, x, y }: { trace: EdgeTrace; x: number; y: number }) {
  if (trace.columns === null) return null;
  const failed = trace.steps.find(({ out }) => !out.ok);
  const last = trace.steps.at(-1);
  const arrived = last?.out.ok === true ? last.out.values : null;
  return (
    <div
      className="floating pointer-events-none absolute z-10 flex max-w-80 items-center gap-1.5 px-2 py-1"
      style={{ transform: `translate(-50%, -100%) translate(${x}px, ${y - 14}px)` }}
    >
      <Values values={trace.columns} />
      <Icon name="arrow-right" size={14} className="text-ink-3" />
      {arrived === null ? (
        <span className="type-small text-fail">
          {failed?.out.ok === false && failed.out.message}
        </span>
      ) : (
        <Values values={arrived} />
      )}
    </div>
  );
}

function Values({ values }: { values: readonly Value[] }) {
  return values.map((value, at) => (
    // The values of one step differ by their place alone.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <FieldValue key={at} value={value} className="max-w-32" />
  ));
}
