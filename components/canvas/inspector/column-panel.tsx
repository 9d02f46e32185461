"use client";

import type { Binding } from "../../../server/core/map/document.ts";
import { mostAlike } from "../../../server/core/suggest/likeness.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { FieldValue } from "../../values/field-value.tsx";
import { useCanvas } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { systemNode } from "../flow-types.ts";
import { nameOfColumn } from "../gestures/free-id.ts";
import { newField } from "../gestures/new-things.ts";
import { SuggestButton } from "../suggest/suggest-button.tsx";
import { PanelPart, Sentence } from "./panel.tsx";

type ColumnPanelProps = { binding: Binding; column: string };

/** A column that leads nowhere yet: what it is, and where it could lead. */
export function ColumnPanel({ binding, column }: ColumnPanelProps) {
  const { entity, schemaOf, readOnly, join, apply, select } = useEditor();
  const value = useCanvas((state) => state.sample.values[systemNode(binding.id)]?.[column]);
  const found = schemaOf(binding)?.columns.find(({ name }) => name === column);
  const alike = mostAlike(column, entity.fields, ({ name, id }) => [name, id]);
  const ordered = [...new Set([...alike.map(({ one }) => one), ...entity.fields])];
  const addField = () => {
    const field = newField(entity, nameOfColumn(column), found?.type ?? "text");
    const direction = found?.readOnly === true ? "in" : "both";
    const edge = { id: field.id, columns: [column], fields: [field.id], direction, steps: [] };
    const isDone = apply({
      ...{ type: "batch", label: `Add field ${field.name} from ${column}` },
      edits: [
        { type: "add-field", entity: entity.id, field },
        { type: "connect", binding: binding.id, edge: { ...edge, direction } },
      ],
    });
    if (isDone) select({ kind: "edge", binding: binding.id, edge: edge.id }, "mapping");
  };
  return (
    <>
      <PanelPart
        title="Join it with"
        action={<SuggestButton target={{ kind: "column", binding: binding.id, column }} />}
      >
        <Combobox
          label="Field"
          placeholder={`A field of ${entity.name}`}
          disabled={readOnly !== null}
          options={ordered.map(({ id, name, type }) => ({ value: id, label: name, hint: type }))}
          value={null}
          onChange={(field) => field !== null && join({ binding: binding.id, column, field })}
        />
        <Button icon="plus" onClick={addField} disabledReason={readOnly ?? undefined}>
          Add it as a new field
        </Button>
      </PanelPart>
      <PanelPart title="What it is">
        <Sentence>
          {found === undefined ? "The system has no such column." : factsOf(found)}
        </Sentence>
        {value !== undefined && (
          <p className="flex items-center gap-2 type-small text-ink-2">
            Sample: <FieldValue value={value} expandable />
          </p>
        )}
      </PanelPart>
    </>
  );
}

type Column = NonNullable<ReturnType<ReturnType<typeof useEditor>["schemaOf"]>>["columns"][number];

function factsOf({ nativeType, nullable, hasDefault, readOnly, lengthMax, comment }: Column) {
  const facts = [
    nativeType,
    nullable ? "may be null" : "never null",
    ...(hasDefault ? ["has a default"] : []),
    ...(readOnly ? ["computed by the system"] : []),
    ...(lengthMax === undefined ? [] : [`at most ${lengthMax} characters`]),
  ];
  return `${facts.join(", ")}.${comment === undefined ? "" : ` ${comment}`}`;
}
