"use client";

import { type Option, Select } from "./ui/select.tsx";

type FilterChoiceProps<T extends string> = {
  /** Spoken name: "System". */
  label: string;
  /** What stands there while nothing is filtered: "Every system". */
  all: string;
  options: readonly Option<T>[];
  /** Null: not filtered. */
  value: T | null;
  onChange: (value: T | null) => unknown;
  className?: string | undefined;
};

const ALL = "*";

/**
 * One filter of a list, with a first choice that filters nothing. A value that came with a link and
 * is no choice any more is shown as it is.
 *
 * <FilterChoice label="System" all="Every system" options={…} value={system} onChange={set} />
 */
export function FilterChoice<T extends string>(props: FilterChoiceProps<T>) {
  const { label, all, options, value, onChange, className } = props;
  const isKnown = value === null || options.some((option) => option.value === value);
  const stray: Option<T>[] = isKnown || value === null ? [] : [{ value, label: value }];
  return (
    <div className={className ?? "w-40"}>
      <Select<T | typeof ALL>
        label={label}
        options={[{ value: ALL, label: all }, ...options, ...stray]}
        value={value ?? ALL}
        onChange={(next) => onChange(next === ALL ? null : next)}
      />
    </div>
  );
}
