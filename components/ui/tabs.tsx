"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { Count } from "./count.tsx";

type TabsProps<T extends string> = {
  /** Spoken name of the row of tabs. */
  label: string;
  items: readonly { value: T; label: string; count?: number | undefined; panel: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
};

/**
 * Several panels about one thing, one at a time.
 *
 * <Tabs label="Field" items={[{ value: "mapping", label: "Mapping", panel: … }]} … />
 */
export function Tabs<T extends string>({ label, items, value, onChange }: TabsProps<T>) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Base.List
        aria-label={label}
        className="relative flex shrink-0 gap-4 overflow-x-auto border-rule border-b px-4"
      >
        {items.map((item) => (
          <Base.Tab
            key={item.value}
            value={item.value}
            className={
              "flex h-9 items-center gap-1.5 border-transparent border-b-2 type-label text-ink-2 " +
              "whitespace-nowrap hover:text-ink data-active:border-ink data-active:text-ink " +
              "focus-visible:-outline-offset-2"
            }
          >
            {item.label}
            {item.count !== undefined && item.count > 0 && <Count value={item.count} pill />}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.value} value={item.value} className="min-h-0 flex-1 outline-offset-0">
          {item.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
