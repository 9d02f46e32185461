"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup as Base } from "@base-ui/react/radio-group";
import { useId } from "react";
import type { Option } from "./select.tsx";

type RadioGroupProps<T extends string> = {
  label: string;
  options: readonly Option<T>[];
  value: T;
  onChange: (value: T) => void;
};

/**
 * One choice of a few, all visible, each with what it means.
 *
 * <RadioGroup label="A row is gone" options={ends} value={end} onChange={setEnd} />
 */
export function RadioGroup<T extends string>(props: RadioGroupProps<T>) {
  const { label, options, value, onChange } = props;
  const labelId = useId();
  return (
    <div className="flex flex-col gap-1">
      <span id={labelId} className="type-label">
        {label}
      </span>
      <Base
        value={value}
        onValueChange={(next) => onChange(next as T)}
        aria-labelledby={labelId}
        className="flex flex-col gap-1"
      >
        {options.map((option) => (
          <RadioOption key={option.value} option={option} />
        ))}
      </Base>
    </div>
  );
}

function RadioOption({ option }: { option: Option }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the radio renders its own input
    <label className="flex min-h-6 items-start gap-2 py-0.5 type-body">
      <Radio.Root
        aria-labelledby={`${id}-label`}
        aria-describedby={option.hint === undefined ? undefined : `${id}-hint`}
        value={option.value}
        disabled={option.disabled}
        className={
          "mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border " +
          "border-rule-strong bg-panel data-checked:border-action data-disabled:opacity-55"
        }
      >
        <Radio.Indicator className="size-2 rounded-full bg-action data-unchecked:hidden" />
      </Radio.Root>
      <span className="flex flex-col">
        <span id={`${id}-label`} className="flex items-center gap-2">
          {option.mark}
          {option.label}
        </span>
        {option.hint !== undefined && (
          <span id={`${id}-hint`} className="type-small text-ink-2">
            {option.hint}
          </span>
        )}
      </span>
    </label>
  );
}
