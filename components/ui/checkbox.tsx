"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";

type CheckboxProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  /** Some of what it stands for is checked. */
  mixed?: boolean | undefined;
  /** The label is spoken and not drawn (a column of checkboxes). */
  hideLabel?: boolean | undefined;
  disabled?: boolean | undefined;
};

/**
 * Yes or no, or several of many.
 *
 * <Checkbox label="Only failed" checked={onlyFailed} onChange={setOnlyFailed} />
 */
export function Checkbox(props: CheckboxProps) {
  const { checked, onChange, label, mixed, hideLabel, disabled } = props;
  const id = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox renders its own input
    <label className="inline-flex min-h-6 min-w-6 items-center gap-2 type-body">
      <Base.Root
        aria-labelledby={id}
        checked={checked}
        onCheckedChange={onChange}
        indeterminate={mixed === true}
        disabled={disabled}
        className={
          "flex size-4 shrink-0 items-center justify-center rounded-bullet border " +
          "border-rule-strong bg-panel text-on-action data-checked:border-action " +
          "data-checked:bg-action data-indeterminate:border-action data-indeterminate:bg-action " +
          "data-disabled:opacity-55"
        }
      >
        <Base.Indicator className="flex">
          <Icon name={mixed === true ? "minus" : "check"} size={14} />
        </Base.Indicator>
      </Base.Root>
      <span id={id} className={cx(hideLabel === true && "sr-only")}>
        {label}
      </span>
    </label>
  );
}
