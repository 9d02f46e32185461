"use client";

import { type FormEvent, useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { ValueInput } from "../../../components/values/value-input.tsx";
import type { Field } from "../../../server/core/map/document.ts";
import { readEnteredValue } from "../../../server/core/validation/entered-value.ts";
import {
  type FieldValue,
  type FieldValues,
  partsOf,
} from "../../../server/core/values/field-value.ts";
import type { Asked } from "./asked.ts";

type ValueEditorProps = {
  asked: Asked;
  /** What to begin with. */
  start: FieldValue;
  onSave: (value: FieldValue) => void;
  onCancel: () => void;
};

type Read =
  | { readonly ok: true; readonly values: FieldValues }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

/** A value of one's own, tested against the field's type and rules before it is sent. */
export function ValueEditor({ asked, start, onSave, onCancel }: ValueEditorProps) {
  const [values, setValues] = useState<FieldValues>(() => partsOf(start, asked.id));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const save = (event: FormEvent) => {
    event.preventDefault();
    const read = readAll(asked.fields, values);
    if (!read.ok) setErrors(read.errors);
    else onSave(asked.isGroup ? { parts: read.values } : (read.values[asked.id] ?? null));
  };
  return (
    <form
      onSubmit={save}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
      className="flex flex-col gap-3 border-rule border-t bg-panel p-4"
    >
      {asked.isGroup && (
        <p className="type-body text-ink-2">
          A combination of your own: every system gets all of it.
        </p>
      )}
      <div ref={focusFirst} className="flex max-w-xl flex-col gap-3">
        {asked.fields.map(({ id, name, type, options }) => (
          <ValueInput
            key={id}
            label={asked.isGroup ? name : `Another value for ${name}`}
            type={type}
            options={options}
            value={values[id] ?? null}
            onChange={(next) => {
              setValues({ ...values, [id]: next });
              setErrors({});
            }}
            error={errors[id]}
          />
        ))}
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" keys="enter">
          {asked.isGroup ? "Take these values" : "Take this value"}
        </Button>
        <Button type="button" onClick={onCancel} keys="escape">
          Cancel
        </Button>
      </div>
    </form>
  );
}

function readAll(fields: readonly Field[], entered: FieldValues): Read {
  const values: Record<string, FieldValue> = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const read = readEnteredValue(field, entered[field.id] ?? null);
    if (read.ok) values[field.id] = read.value;
    else errors[field.id] = read.message;
  }
  return Object.keys(errors).length === 0 ? { ok: true, values } : { ok: false, errors };
}

/** The editor was asked for: typing starts at once. */
function focusFirst(element: HTMLElement | null): void {
  element?.querySelector<HTMLElement>("input, textarea, [role=combobox], button")?.focus();
}
