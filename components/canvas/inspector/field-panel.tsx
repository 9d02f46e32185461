"use client";

import { useState } from "react";
import type { Binding, Edge, Field } from "../../../server/core/map/document.ts";
import { FIELD_TYPES } from "../../../server/core/values/field-value.ts";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Field as FormField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Lamp } from "../../ui/lamp.tsx";
import { Select } from "../../ui/select.tsx";
import { LineBullet } from "../../values/line-bullet.tsx";
import { useEditor } from "../editor-context.ts";
import { likeness } from "../gestures/likeness.ts";
import { bulletRole, partsOf } from "../parts.ts";
import { CommittedInput } from "./committed-input.tsx";
import { Comparing, type FieldChanges, KeyComparing, ReferredTo } from "./field-comparing.tsx";
import { PanelPart } from "./panel.tsx";

/** A field of the entity: where its values come from and go to, and what it is. */
export function FieldPanel({ field }: { field: Field }) {
  const { document, entity } = useEditor();
  const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
  return (
    <>
      <PanelPart title="Where it comes from and goes to">
        <ul className="flex flex-col gap-2">
          {bindings.map((binding) => (
            <BindingLine key={binding.id} {...{ binding, field }} />
          ))}
        </ul>
        {bindings.length === 0 && (
          <p className="type-body text-ink-2">No object is connected to {entity.name} yet.</p>
        )}
      </PanelPart>
      <FieldSettings field={field} />
    </>
  );
}

/** What one system has of the field; a place to join a column where it has nothing. */
function BindingLine({ binding, field }: { binding: Binding; field: Field }) {
  const { document, entity, schemaOf, select, join, readOnly } = useEditor();
  const system = document.systems.find(({ id }) => id === binding.system);
  const part = partsOf(document, entity.id, field).get(binding.system) ?? "none";
  const edges = binding.edges.filter(({ fields }) => fields.includes(field.id));
  const columns = (schemaOf(binding)?.columns ?? []).toSorted(
    (a, b) => likeness(b.name, field.name) - likeness(a.name, field.name),
  );
  return (
    <li className="flex min-h-8 items-center gap-2">
      <span className="flex w-6 shrink-0 justify-center">
        {system && <LineBullet system={system} as={bulletRole(part)} size={20} />}
      </span>
      <span className="flex min-w-0 flex-1 flex-col">
        {edges.map((edge) => (
          <button
            key={edge.id}
            type="button"
            onClick={() => select({ kind: "edge", binding: binding.id, edge: edge.id }, "mapping")}
            className="flex min-h-7 min-w-0 items-center gap-2 text-left hover:underline"
          >
            <DirectionMark direction={edge.direction} />
            <span className="truncate type-label">{edge.columns.join(", ")}</span>
            {edge.steps.length > 0 && (
              <span className="type-small text-ink-2">{stepCount(edge)}</span>
            )}
          </button>
        ))}
        {edges.length === 0 && (
          <Combobox
            label={`Column of ${system?.name ?? binding.system}`}
            placeholder={`Join a column of ${system?.name ?? binding.system}`}
            disabled={readOnly !== null}
            options={columns.map(({ name, type }) => ({ value: name, label: name, hint: type }))}
            value={null}
            onChange={(column) =>
              column !== null && join({ binding: binding.id, column, field: field.id })
            }
          />
        )}
      </span>
    </li>
  );
}

function stepCount({ steps }: Edge): string {
  return steps.length === 1 ? "1 step" : `${steps.length} steps`;
}

const MARKS = {
  both: { icons: ["arrow-left", "arrow-right"], name: "both ways" },
  in: { icons: ["arrow-right"], name: "only read" },
  out: { icons: ["arrow-left"], name: "only written" },
} as const;

/** Which way values go: right is into the hub. */
function DirectionMark({ direction }: { direction: Edge["direction"] }) {
  const { icons, name } = MARKS[direction];
  return (
    <span title={name} className="flex w-7 shrink-0 justify-center text-ink-2">
      {icons.map((icon) => (
        <Icon key={icon} name={icon} size={14} />
      ))}
      <span className="sr-only">{name}</span>
    </span>
  );
}

function FieldSettings({ field }: { field: Field }) {
  const { apply, entity, readOnly } = useEditor();
  const isLocked = readOnly !== null;
  const place = { entity: entity.id, field: field.id };
  const change = (changes: Parameters<typeof changeField>[1]) => apply(changeField(place, changes));
  return (
    <PanelPart title="What it is">
      <CommittedInput
        label="Name"
        value={field.name}
        required
        disabled={isLocked}
        onCommit={(name) => change({ name })}
      />
      <FormField label="Type">
        <Select
          options={FIELD_TYPES.map((type) => ({ value: type, label: type }))}
          value={field.type}
          disabled={isLocked}
          onChange={(type) => change({ type })}
        />
      </FormField>
      {field.type === "reference" && <ReferredTo {...{ field, isLocked, change }} />}
      {field.type === "text" && <Comparing {...{ field, isLocked, change }} />}
      {field.type === "text" && <KeyComparing {...{ field, isLocked, change }} />}
      {field.type === "enum" && (
        <CommittedInput
          label="Values, one per line"
          lines
          disabled={isLocked}
          value={(field.options?.values ?? []).join("\n")}
          onCommit={(text) => change({ options: { ...field.options, values: linesOf(text) } })}
        />
      )}
      <CommittedInput
        label="Group"
        value={field.group ?? ""}
        disabled={isLocked}
        hint="Fields of one group stand together on the canvas."
        onCommit={(group) => change({ group: group.trim() === "" ? null : group.trim() })}
      />
      <CommittedInput
        label="Note"
        lines
        value={field.note ?? ""}
        disabled={isLocked}
        onCommit={(note) => change({ note: note.trim() === "" ? null : note })}
      />
      <FieldEnd field={field} />
    </PanelPart>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function changeField(place: { entity: string; field: string }, changes: FieldChanges) {
  return { type: "change-field" as const, ...place, changes };
}

/** Its place in the list, and its end. */
function FieldEnd({ field }: { field: Field }) {
  const { apply, document, entity, readOnly, select } = useEditor();
  const [asks, setAsks] = useState(false);
  const at = entity.fields.findIndex(({ id }) => id === field.id);
  const lines = document.bindings
    .filter((binding) => binding.entity === entity.id)
    .flatMap(({ edges }) => edges.filter(({ fields }) => fields.includes(field.id)));
  const place = { entity: entity.id, field: field.id };
  const remove = () => {
    if (apply({ type: "remove-field", ...place })) select({ kind: "entity" }, "mapping");
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="sm"
        icon="arrow-up"
        onClick={() => apply({ type: "move-field", ...place, to: at - 1 })}
        disabledReason={readOnly ?? (at === 0 ? "This is the first field" : undefined)}
      >
        Earlier
      </Button>
      <Button
        size="sm"
        icon="arrow-down"
        onClick={() => apply({ type: "move-field", ...place, to: at + 1 })}
        disabledReason={
          readOnly ?? (at === entity.fields.length - 1 ? "This is the last field" : undefined)
        }
      >
        Later
      </Button>
      <Button
        size="sm"
        variant="danger"
        icon="trash"
        onClick={() => (lines.length > 0 && !asks ? setAsks(true) : remove())}
        disabledReason={
          readOnly ?? (entity.title === field.id ? "It names the records" : undefined)
        }
      >
        {asks
          ? `Remove it and its ${lines.length === 1 ? "line" : `${lines.length} lines`}`
          : "Remove"}
      </Button>
      {asks && (
        <p className="flex items-start gap-1.5 type-small text-ink-2">
          <Lamp state="warning" size={12} label="" className="mt-0.5" />
          Undo brings it back.
        </p>
      )}
    </div>
  );
}
