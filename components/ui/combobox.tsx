"use client";

import { lazy } from "react";
import { AfterPaint } from "./after-paint.tsx";
import type { Option } from "./select.tsx";
import { StillChoice } from "./still-choice.tsx";

export type ComboboxProps<T extends string> = {
  options: readonly Option<T>[];
  value: T | null;
  onChange: (value: T | null) => void;
  placeholder?: string | undefined;
  /** Said when the typed text matches nothing. */
  emptyText?: string | undefined;
  label?: string | undefined;
  /** The choice can be taken back; `onChange` then gets null. */
  clearable?: boolean | undefined;
  disabled?: boolean | undefined;
  className?: string | undefined;
};

const BaseCombobox = lazy(() =>
  import("./base-combobox.tsx").then((part) => ({ default: part.BaseCombobox })),
) as typeof import("./base-combobox.tsx").BaseCombobox;

/**
 * One choice of a long list, found by typing.
 *
 * <Combobox options={fields} value={field} onChange={setField} placeholder="Find a field" />
 */
export function Combobox<T extends string>(props: ComboboxProps<T>) {
  return (
    <AfterPaint still={<StillChoice {...props} />}>
      <BaseCombobox {...props} />
    </AfterPaint>
  );
}
