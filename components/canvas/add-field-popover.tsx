"use client";

import { useState } from "react";
import { FIELD_TYPES, type FieldType } from "../../server/core/values/field-value.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Popover } from "../ui/popover.tsx";
import { Select } from "../ui/select.tsx";
import { useEditor } from "./editor-context.ts";
import { newField } from "./gestures/new-things.ts";

/** Adds a field to the entity. */
export function AddFieldPopover() {
  const { readOnly } = useEditor();
  const [open, setOpen] = useState(false);
  const trigger = (
    <Button icon="plus" disabledReason={readOnly ?? undefined}>
      Field
    </Button>
  );
  return (
    <Popover {...{ trigger, open }} onOpenChange={setOpen} title="A new field">
      <AddFieldForm onDone={() => setOpen(false)} />
    </Popover>
  );
}

function AddFieldForm({ onDone }: { onDone: () => void }) {
  const { entity, apply, select } = useEditor();
  const [name, setName] = useState("");
  const [type, setType] = useState<FieldType>("text");
  const isTaken = entity.fields.some((field) => field.name.toLowerCase() === name.toLowerCase());
  const add = () => {
    const field = newField(entity, name.trim(), type);
    if (!apply({ type: "add-field", entity: entity.id, field })) return;
    select({ kind: "field", field: field.id }, "mapping");
    onDone();
  };
  return (
    <form
      className="flex w-64 flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") add();
      }}
    >
      <Field label="Name" error={isTaken ? "There is a field of this name." : undefined}>
        <Input value={name} onChange={setName} placeholder="List price" autoFocus />
      </Field>
      <Field label="Type">
        <Select
          options={FIELD_TYPES.map((one) => ({ value: one, label: one }))}
          value={type}
          onChange={setType}
        />
      </Field>
      <Button
        type="submit"
        variant="primary"
        disabledReason={name.trim() === "" ? "Give it a name" : undefined}
      >
        Add the field
      </Button>
    </form>
  );
}
