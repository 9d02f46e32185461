"use client";

import { EmptyState } from "../../ui/empty-state.tsx";
import { useEditor } from "../editor-context.ts";
import { BindingPanel } from "./binding-panel.tsx";
import { ColumnPanel } from "./column-panel.tsx";
import { EdgePanel } from "./edge-panel.tsx";
import { EntityPanel } from "./entity-panel.tsx";
import { FieldPanel } from "./field-panel.tsx";

/** How what is chosen is joined. */
export function MappingTab() {
  const { document, entity, selection } = useEditor();
  if (selection.kind === "entity") return <EntityPanel />;
  if (selection.kind === "field") {
    const field = entity.fields.find(({ id }) => id === selection.field);
    return field === undefined ? <Gone /> : <FieldPanel key={field.id} field={field} />;
  }
  const binding = document.bindings.find(({ id }) => id === selection.binding);
  if (binding === undefined) return <Gone />;
  switch (selection.kind) {
    case "binding":
      return <BindingPanel key={binding.id} binding={binding} />;
    case "column":
      return <ColumnPanel {...{ binding, column: selection.column }} />;
    default: {
      const edge = binding.edges.find(({ id }) => id === selection.edge);
      if (edge === undefined) return <Gone />;
      return <EdgePanel key={`${binding.id}/${edge.id}`} {...{ binding, edge }} />;
    }
  }
}

function Gone() {
  return (
    <EmptyState icon="unlink" title="Not in the draft">
      It was removed meanwhile, by you or somebody else. Undo brings back what you removed.
    </EmptyState>
  );
}
