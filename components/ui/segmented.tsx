"use client";

import { Radio } from "@base-ui/react/radio";
import { RadioGroup } from "@base-ui/react/radio-group";
import type { ReactNode } from "react";

type SegmentedProps<T extends string> = {
  /** Spoken name of the group. */
  label: string;
  options: readonly { value: T; label: ReactNode; name?: string | undefined }[];
  value: T;
  onChange: (value: T) => void;
};

/**
 * Switches between a few views of one thing. Arrow keys move.
 *
 * <Segmented label="View" options={[{ value: "canvas", label: "Canvas" }, …]} … />
 */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, options, value, onChange } = props;
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className="inline-flex h-8 shrink-0 rounded-control border border-rule-strong bg-panel p-0.5"
    >
      {options.map((option) => (
        <Radio.Root
          key={option.value}
          value={option.value}
          aria-label={option.name}
          className={
            "inline-flex min-w-6 items-center justify-center gap-1 rounded-bullet px-2 type-label " +
            "text-ink-2 transition-colors hover:text-ink data-checked:bg-action " +
            "data-checked:text-on-action"
          }
        >
          {option.label}
        </Radio.Root>
      ))}
    </RadioGroup>
  );
}
