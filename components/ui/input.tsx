"use client";

import { Input as Base } from "@base-ui/react/input";
import type { ComponentProps } from "react";
import { CONTROL } from "./control-style.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";

type InputProps = Omit<ComponentProps<"input">, "className" | "onChange" | "value"> & {
  value: string;
  onChange: (value: string) => void;
  /** For values, ids and formulas: the face that tells 0 from O. */
  mono?: boolean | undefined;
  icon?: IconName | undefined;
  className?: string | undefined;
};

/**
 * One line of text.
 *
 * <Input value={name} onChange={setName} placeholder="erp.example.com" />
 */
export function Input({ value, onChange, mono, icon, className, ...rest }: InputProps) {
  const input = (
    <Base
      autoComplete="off"
      {...rest}
      value={value}
      onValueChange={onChange}
      className={cx(CONTROL, mono === true ? "type-value" : "type-body", icon ? "pl-8" : className)}
    />
  );
  if (icon === undefined) return input;
  return (
    <span className={cx("relative flex w-full items-center", className)}>
      <Icon name={icon} size={16} className="pointer-events-none absolute left-2 text-ink-3" />
      {input}
    </span>
  );
}
