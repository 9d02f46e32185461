"use client";

import type { Binding, Edge } from "../../../server/core/map/document.ts";
import { Combobox } from "../../ui/combobox.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { useEditor } from "../editor-context.ts";
import { TypeGlyph } from "../type-glyph.tsx";
import { PanelPart } from "./panel.tsx";

type EdgeEndsProps = {
  binding: Binding;
  edge: Edge;
  onChange: (changes: Partial<Pick<Edge, "columns" | "fields">>) => void;
};

/** The columns and fields that a line joins; steps that join or split want several of them. */
export function EdgeEnds({ binding, edge, onChange }: EdgeEndsProps) {
  const { entity, schemaOf, readOnly } = useEditor();
  const columns = schemaOf(binding)?.columns ?? [];
  const columnItems = edge.columns.map((name) => ({
    ...{ id: name, label: name, type: columns.find((one) => one.name === name)?.type ?? null },
  }));
  const fieldItems = edge.fields.map((id) => {
    const field = entity.fields.find((one) => one.id === id);
    return { id, label: field?.name ?? id, type: field?.type ?? null };
  });
  const isLocked = readOnly !== null;
  return (
    <PanelPart title="What it joins">
      <Ends
        label="Columns, in their order"
        items={columnItems}
        others={columns
          .filter(({ name }) => !edge.columns.includes(name))
          .map(({ name, type }) => ({ value: name, label: name, hint: type }))}
        placeholder="Add a column"
        isLocked={isLocked}
        onChange={(next) => onChange({ columns: next })}
      />
      <Ends
        label="Fields, in their order"
        items={fieldItems}
        others={entity.fields
          .filter(({ id }) => !edge.fields.includes(id))
          .map(({ id, name, type }) => ({ value: id, label: name, hint: type }))}
        placeholder="Add a field"
        isLocked={isLocked}
        onChange={(next) => onChange({ fields: next })}
      />
    </PanelPart>
  );
}

type EndsProps = {
  label: string;
  items: readonly { id: string; label: string; type: Parameters<typeof TypeGlyph>[0]["type"] }[];
  others: readonly { value: string; label: string; hint: string }[];
  placeholder: string;
  isLocked: boolean;
  onChange: (ids: string[]) => void;
};

function Ends({ label, items, others, placeholder, isLocked, onChange }: EndsProps) {
  const ids = items.map(({ id }) => id);
  return (
    <div className="flex flex-col gap-1">
      <span className="type-small text-ink-2">{label}</span>
      <ul className="flex flex-col">
        {items.map((item) => (
          <li key={item.id} className="flex min-h-8 items-center gap-2">
            <TypeGlyph type={item.type} />
            <span className="min-w-0 flex-1 truncate type-label">{item.label}</span>
            {items.length > 1 && !isLocked && (
              <IconButton
                icon="close"
                size="sm"
                label={`Leave out ${item.label}`}
                onClick={() => onChange(ids.filter((id) => id !== item.id))}
              />
            )}
          </li>
        ))}
      </ul>
      {!isLocked && (
        <Combobox
          label={placeholder}
          placeholder={placeholder}
          options={others}
          value={null}
          onChange={(id) => id !== null && onChange([...ids, id])}
        />
      )}
    </div>
  );
}
