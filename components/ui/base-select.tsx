"use client";

import { Select as Base } from "@base-ui/react/select";
import { CONTROL, OPTION, POPUP } from "./control-style.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { Option, SelectProps } from "./select.tsx";

/** `Select` at work. */
export function BaseSelect<T extends string>(props: SelectProps<T>) {
  const { options, value, onChange, placeholder, label, disabled, className } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value}
      onValueChange={(next: T | null) => next !== null && onChange(next)}
      disabled={disabled}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(CONTROL, "flex items-center gap-2 pr-1 text-left type-body", className)}
      >
        {chosen?.mark}
        <Base.Value
          placeholder={placeholder ?? "Choose"}
          className="min-w-0 flex-1 truncate data-placeholder:text-ink-3"
        />
        <Base.Icon>
          <Icon name="chevrons-vertical" size={16} className="text-ink-2" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
          <Base.Popup className={POPUP}>
            {options.map((option) => (
              <SelectItem key={option.value} option={option} />
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function SelectItem({ option }: { option: Option }) {
  return (
    <Base.Item value={option.value} disabled={option.disabled} className={OPTION}>
      <span className="flex w-4 justify-center">
        <Base.ItemIndicator>
          <Icon name="check" size={16} />
        </Base.ItemIndicator>
      </span>
      {option.mark}
      <span className="flex flex-col">
        <Base.ItemText>{option.label}</Base.ItemText>
        {option.hint !== undefined && <span className="type-small text-ink-2">{option.hint}</span>}
      </span>
    </Base.Item>
  );
}
