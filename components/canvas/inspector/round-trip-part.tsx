"use client";

import { useDeferredValue, useMemo } from "react";
import type { Binding, Edge } from "../../../server/core/map/document.ts";
import { checkEdge, type RoundTrip } from "../../../server/core/mapping/round-trip.ts";
import type { Columns } from "../../../server/core/values/field-value.ts";
import { Lamp, type LampState } from "../../ui/lamp.tsx";
import { useEditor } from "../editor-context.ts";
import { PanelPart } from "./panel.tsx";

const KINDS: Record<RoundTrip["kind"], { lamp: LampState; title: string }> = {
  lossless: { lamp: "ok", title: "Nothing is lost" },
  lossy: { lamp: "warning", title: "Lossy, and restored from the row" },
  "one-way": { lamp: "paused", title: "One way only" },
};

/** Whether values that go through a line come back as they were, on the system's own rows. */
export function RoundTripPart({ binding, edge }: { binding: Binding; edge: Edge }) {
  const { document, schemaOf, samples } = useEditor();
  const rows = useDeferredValue(samples.window);
  const checked = useDeferredValue(edge);
  const trip = useMemo(
    () =>
      checkEdge({
        ...{ document, binding, edge: checked, schema: schemaOf(binding) },
        samples: rows.flatMap((sample): Columns[] => {
          const row = sample.rows[binding.id];
          return row === undefined ? [] : [row.columns];
        }),
      }),
    [document, binding, checked, schemaOf, rows],
  );
  const { lamp, title } = KINDS[trip.kind];
  return (
    <PanelPart title="There and back">
      <p className="flex items-start gap-2">
        <Lamp state={lamp} label="" className="mt-0.5" />
        <span className="flex min-w-0 flex-col gap-1">
          <span className="type-label">{title}</span>
          <span className="break-words type-small text-ink-2">{trip.message}</span>
        </span>
      </p>
      {trip.refuses !== undefined && (
        <p className="flex items-start gap-2">
          <Lamp state="warning" label="" className="mt-0.5" />
          <span className="min-w-0 break-words type-small text-ink-2">{trip.refuses.message}</span>
        </p>
      )}
    </PanelPart>
  );
}
