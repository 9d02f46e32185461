"use client";

import { useState } from "react";
import type { Entity, Field, MapDocument, Split } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { runOf } from "../../../server/core/map/edits/field-places.ts";
import { saidForAll, splitEnd } from "../../../server/core/map/edits/splits.ts";
import { perWords, splitById } from "../../../server/core/map/splits.ts";
import { FIELD_TYPES } from "../../../server/core/values/field-value.ts";
import { Button } from "../../ui/button.tsx";
import { Field as FormField } from "../../ui/field.tsx";
import { Lamp } from "../../ui/lamp.tsx";
import { Select } from "../../ui/select.tsx";
import { useEditor } from "../editor-context.ts";
import { CommittedInput } from "./committed-input.tsx";
import { Comparing, type FieldChanges, KeyComparing, ReferredTo } from "./field-comparing.tsx";
import { PanelPart, Sentence } from "./panel.tsx";

/** What the field is; of one of a split what all of them are. */
export function FieldSettings({ field }: { field: Field }) {
  const { apply, document, entity, readOnly } = useEditor();
  const isLocked = readOnly !== null;
  const split = splitById(entity, field.split?.of ?? "");
  const change = (changes: FieldChanges) => apply(changeEdit(document, entity, field, changes));
  return (
    <PanelPart title={split === undefined ? "What it is" : perWords(document, split)}>
      {split !== undefined && <Sentence>What is set here holds for all of them.</Sentence>}
      <CommittedInput
        label="Name"
        value={split?.name ?? field.name}
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

/** A change of the field, or of all fields of its split. */
function changeEdit(
  document: MapDocument,
  entity: Entity,
  field: Field,
  { split: _, ...changes }: FieldChanges,
): Edit {
  const said = Object.fromEntries(
    Object.entries(changes).map(([key, value]) => [key, value ?? undefined]),
  );
  const of = field.split?.of;
  const all = of === undefined ? null : saidForAll(document, entity, of, said as Partial<Split>);
  return all ?? { type: "change-field", entity: entity.id, field: field.id, changes };
}

/** Its place in the list, and its end. */
function FieldEnd({ field }: { field: Field }) {
  const { apply, document, entity, readOnly, select } = useEditor();
  const [asks, setAsks] = useState(false);
  const run = runOf(entity.fields, field);
  const own = run.fields.map(({ id }) => id);
  const lines = document.bindings
    .filter((binding) => binding.entity === entity.id)
    .flatMap(({ edges }) => edges.filter(({ fields }) => fields.some((id) => own.includes(id))));
  const isLast = run.at + own.length === entity.fields.length;
  const place = { entity: entity.id, field: field.id };
  const removal: Edit =
    field.split === undefined
      ? { type: "remove-field", ...place }
      : splitEnd(entity, field.split.of, "remove");
  const remove = () => {
    if (apply(removal)) select({ kind: "entity" }, "mapping");
  };
  return (
    <div className="flex flex-wrap gap-2">
      <Button
        size="sm"
        icon="arrow-up"
        onClick={() => apply({ type: "move-field", ...place, to: run.at - 1 })}
        disabledReason={readOnly ?? (run.at === 0 ? "This is the first field" : undefined)}
      >
        Earlier
      </Button>
      <Button
        size="sm"
        icon="arrow-down"
        onClick={() => apply({ type: "move-field", ...place, to: run.at + 1 })}
        disabledReason={readOnly ?? (isLast ? "This is the last field" : undefined)}
      >
        Later
      </Button>
      <Button
        size="sm"
        variant="danger"
        icon="trash"
        onClick={() => (lines.length > 0 && !asks ? setAsks(true) : remove())}
        disabledReason={
          readOnly ?? (own.includes(entity.title) ? "It names the records" : undefined)
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
