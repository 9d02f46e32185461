"use client";

import { Switch as Base } from "@base-ui/react/switch";
import { type ReactNode, useId } from "react";

type SwitchProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: ReactNode;
  disabled?: boolean | undefined;
};

/**
 * Turns something on or off at once, without saving.
 *
 * <Switch label="People at work" checked={working} onChange={setWorking} />
 */
export function Switch({ checked, onChange, label, disabled }: SwitchProps) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch renders its own input
    <label className="inline-flex min-h-6 items-center gap-2 type-body">
      <Base.Root
        aria-labelledby={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className={
          "flex h-5 w-9 shrink-0 rounded-full border border-rule-strong bg-panel p-0.5 " +
          "transition-colors data-checked:border-action data-checked:bg-action " +
          "data-disabled:opacity-55"
        }
      >
        <Base.Thumb
          className={
            "size-3.5 rounded-full bg-rule-strong transition-transform " +
            "data-checked:translate-x-4 data-checked:bg-on-action"
          }
        />
      </Base.Root>
      <span id={id}>{label}</span>
    </label>
  );
}
