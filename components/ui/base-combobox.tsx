"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import type { ComboboxProps } from "./combobox.tsx";
import { CONTROL, OPTION, POPUP } from "./control-style.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { Option } from "./select.tsx";

/** `Combobox` at work. */
export function BaseCombobox<T extends string>(props: ComboboxProps<T>) {
  const { options, value, onChange, placeholder, emptyText, label, disabled, className } = props;
  const { clearable } = props;
  const chosen = options.find((option) => option.value === value) ?? null;
  return (
    <Base.Root
      items={options}
      value={chosen}
      onValueChange={(next: Option<T> | null) => onChange(next?.value ?? null)}
      itemToStringLabel={(option: Option<T>) => option.label}
      isItemEqualToValue={(a: Option<T>, b: Option<T>) => a.value === b.value}
      disabled={disabled}
      autoHighlight
    >
      <span className={cx("relative flex w-full items-center", className)}>
        <Base.Trigger
          aria-label={label}
          className={cx(CONTROL, "flex items-center gap-2 pr-1 text-left type-body")}
        >
          {chosen?.mark}
          <span className={cx("min-w-0 flex-1 truncate", chosen === null && "text-ink-3")}>
            {chosen?.label ?? placeholder ?? "Choose"}
          </span>
          <Icon name="chevrons-vertical" size={16} className="text-ink-2" />
        </Base.Trigger>
        {clearable === true && (
          <Base.Clear
            aria-label="Clear"
            className="absolute right-6 flex size-7 items-center justify-center text-ink-2"
          >
            <Icon name="close" size={14} />
          </Base.Clear>
        )}
      </span>
      <Base.Portal>
        <Base.Positioner sideOffset={4} className="z-50 outline-none">
          <Base.Popup
            aria-label={label ?? "Choices"}
            className={cx(POPUP, "max-h-[min(20rem,var(--available-height))]")}
          >
            <Base.Input
              aria-label="Find"
              placeholder="Find"
              className="mb-1 h-8 w-full border-rule border-b bg-transparent px-2 outline-none"
            />
            <Base.Empty className="type-small text-ink-2">
              <div className="px-2 py-1.5">{emptyText ?? "Nothing matches."}</div>
            </Base.Empty>
            <Base.List>
              {(option: Option<T>) => (
                <Base.Item key={option.value} value={option} className={OPTION}>
                  {option.mark}
                  <span className="min-w-0 flex-1 truncate">{option.label}</span>
                  {option.hint !== undefined && (
                    <span className="type-small text-ink-2">{option.hint}</span>
                  )}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
