"use client";

import { lazy, type ReactNode } from "react";
import { AfterPaint } from "./after-paint.tsx";
import { StillChoice } from "./still-choice.tsx";

export type Option<T extends string = string> = {
  value: T;
  label: string;
  /** A second line that says what choosing it means. */
  hint?: string | undefined;
  /** Drawn before the label. */
  mark?: ReactNode;
  disabled?: boolean | undefined;
};

export type SelectProps<T extends string> = {
  options: readonly Option<T>[];
  /** Null while nothing is chosen. */
  value: T | null;
  onChange: (value: T) => void;
  placeholder?: string | undefined;
  /** Spoken name where no `Field` gives one. */
  label?: string | undefined;
  disabled?: boolean | undefined;
  className?: string | undefined;
};

const BaseSelect = lazy(() =>
  import("./base-select.tsx").then((part) => ({ default: part.BaseSelect })),
) as typeof import("./base-select.tsx").BaseSelect;

/**
 * One choice of a short list. For more than a dozen choices use `Combobox`.
 *
 * <Select label="Owner" options={systems} value={owner} onChange={setOwner} />
 */
export function Select<T extends string>(props: SelectProps<T>) {
  return (
    <AfterPaint still={<StillChoice {...props} />}>
      <BaseSelect {...props} />
    </AfterPaint>
  );
}
