"use client";

import { useEffect, useRef } from "react";
import type { Binding, Field } from "../../../server/core/map/document.ts";
import { likeness } from "../../../server/core/suggest/likeness.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { useCanvasStore } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { askSuggestions } from "../suggest/suggest-state.ts";

type CellEditorProps = { binding: Binding; field: Field; onClose: () => void };

/** Chooses the column that a field is joined with, the likeliest first. */
export function CellEditor({ binding, field, onClose }: CellEditorProps) {
  const { schemaOf, join, document } = useEditor();
  const store = useCanvasStore();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => frame.current?.querySelector("input")?.focus(), []);
  const system = document.systems.find(({ id }) => id === binding.system);
  const used = new Set(binding.edges.flatMap(({ columns }) => columns));
  const columns = (schemaOf(binding)?.columns ?? []).toSorted(
    (a, b) =>
      Number(used.has(a.name)) - Number(used.has(b.name)) ||
      likeness(b.name, field.name) - likeness(a.name, field.name),
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves whatever control has it
    <div
      ref={frame}
      className="-mx-2 flex w-80 items-center gap-2"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
        const isInList =
          relatedTarget instanceof Element && relatedTarget.closest("[role=listbox]");
        if (!isInside && !isInList && relatedTarget !== null) onClose();
      }}
    >
      <Combobox
        label={`Column of ${system?.name ?? binding.system} for ${field.name}`}
        placeholder="Column"
        options={columns.map(({ name, type }) => ({ value: name, label: name, hint: type }))}
        value={null}
        onChange={(column) => {
          if (column !== null) join({ binding: binding.id, column, field: field.id });
          onClose();
        }}
      />
      <Button
        size="sm"
        aria-label={`Suggestions for ${field.name} in ${system?.name ?? binding.system}`}
        aria-haspopup="dialog"
        onClick={() => {
          const cell = frame.current?.closest("[data-at]") ?? null;
          onClose();
          const target = { kind: "field", field: field.id, binding: binding.id } as const;
          askSuggestions(store, target, cell);
        }}
      >
        Suggestions
      </Button>
    </div>
  );
}
