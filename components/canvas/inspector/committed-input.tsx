"use client";

import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Textarea } from "../../ui/textarea.tsx";
import { useCommitted } from "./use-committed.ts";

type CommittedInputProps = {
  label: string;
  value: string;
  /** Gets what was typed after a pause. Blank text never arrives where it is `required`. */
  onCommit: (value: string) => void;
  required?: boolean | undefined;
  hint?: string | undefined;
  lines?: boolean | undefined;
  disabled?: boolean | undefined;
};

/**
 * A text of the draft: saved after a pause in typing, and on leaving.
 *
 * <CommittedInput label="Name" value={field.name} onCommit={rename} required />
 */
export function CommittedInput(props: CommittedInputProps) {
  const { label, onCommit, required, hint, lines, disabled } = props;
  const isMissing = (text: string) => required === true && text.trim() === "";
  const { value, change, flush } = useCommitted(props.value, (text) => {
    if (!isMissing(text)) onCommit(text);
  });
  const error = isMissing(value) ? "This is needed." : undefined;
  return (
    <Field {...{ label, hint, error }} optional={required !== true}>
      {lines === true ? (
        <Textarea value={value} onChange={change} onBlur={flush} disabled={disabled} />
      ) : (
        <Input value={value} onChange={change} onBlur={flush} disabled={disabled} />
      )}
    </Field>
  );
}
