"use client";

import { type FormEvent, useState } from "react";
import { Button } from "../../../components/ui/button.tsx";
import { ValueInput } from "../../../components/values/value-input.tsx";
import type { Field } from "../../../server/core/map/document.ts";
import { readEnteredValue } from "../../../server/core/validation/entered-value.ts";
import type { FieldValue } from "../../../server/core/values/field-value.ts";

type ValueEditorProps = {
  field: Field;
  /** What to begin with. */
  start: FieldValue;
  onSave: (value: FieldValue) => void;
  onCancel: () => void;
};

/** A value of one's own, tested against the field's type and rules before it is sent. */
export function ValueEditor({ field, start, onSave, onCancel }: ValueEditorProps) {
  const [value, setValue] = useState(start);
  const [error, setError] = useState<string>();
  const save = (event: FormEvent) => {
    event.preventDefault();
    const read = readEnteredValue(field, value);
    if (read.ok) onSave(read.value);
    else setError(read.message);
  };
  return (
    <form
      onSubmit={save}
      onKeyDown={(event) => event.key === "Escape" && onCancel()}
      className="flex flex-col gap-3 border-rule border-t bg-panel p-4"
    >
      <div ref={focusFirst} className="max-w-xl">
        <ValueInput
          label={`Another value for ${field.name}`}
          type={field.type}
          options={field.options}
          value={value}
          onChange={(next) => {
            setValue(next);
            setError(undefined);
          }}
          error={error}
        />
      </div>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" keys="enter">
          Take this value
        </Button>
        <Button type="button" onClick={onCancel} keys="escape">
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** The editor was asked for: typing starts at once. */
function focusFirst(element: HTMLElement | null): void {
  element?.querySelector<HTMLElement>("input, textarea, [role=combobox], button")?.focus();
}
