"use client";

import { type FormEvent, useState } from "react";
import type { Entity, FieldGroup } from "../../../server/core/map/document.ts";
import { groupOf } from "../../../server/core/map/groups.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";

type GroupFormProps = {
  entity: Entity;
  /** Null: a new one. */
  group: FieldGroup | null;
  onSave: (group: Pick<FieldGroup, "name" | "fields">) => void;
  onCancel: () => void;
};

/** What a group is called, and which fields are in it. */
export function GroupForm({ entity, group, onSave, onCancel }: GroupFormProps) {
  const [name, setName] = useState(group?.name ?? "");
  const [fields, setFields] = useState<readonly string[]>(group?.fields ?? []);
  const [isTried, setTried] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== "" && fields.length > 1) onSave({ name: name.trim(), fields: [...fields] });
  };
  const nameError = isTried && name.trim() === "" ? "Give the group a name." : undefined;
  return (
    <form
      onSubmit={save}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
      className="flex flex-col gap-3"
    >
      <Field label="Name of the group" {...(nameError && { error: nameError })}>
        <Input value={name} placeholder="Address" maxLength={120} autoFocus onChange={setName} />
      </Field>
      <fieldset className="flex flex-col gap-1">
        <legend className="type-label">Its fields</legend>
        <div className="grid grid-cols-2 gap-x-3">
          {entity.fields.map(({ id, name: label }) => {
            const other = groupOf(entity, id);
            const isTaken = other !== undefined && other.id !== group?.id;
            return (
              <Checkbox
                key={id}
                label={isTaken ? `${label} (in ${other.name})` : label}
                checked={fields.includes(id)}
                disabled={isTaken}
                onChange={(isOn) => setFields(chosen(entity, fields, id, isOn))}
              />
            );
          })}
        </div>
        {isTried && fields.length < 2 && (
          <p role="alert" className="type-small text-fail">
            Choose two fields or more.
          </p>
        )}
      </fieldset>
      <p className="type-small text-ink-2">
        A field that joins gives up its own owner. One that leaves goes on with the group's.
      </p>
      <div className="flex gap-2">
        <Button type="submit" size="sm" variant="primary">
          {group === null ? "Decide together" : "Save"}
        </Button>
        <Button type="button" size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** With a field or without it; the first one keeps its place, others come in the map's order. */
function chosen(
  entity: Entity,
  fields: readonly string[],
  id: string,
  isOn: boolean,
): readonly string[] {
  if (!isOn) return fields.filter((one) => one !== id);
  const [first = id] = fields;
  const all = entity.fields.filter((one) => fields.includes(one.id) || one.id === id);
  return [first, ...all.map((one) => one.id).filter((one) => one !== first)];
}
