"use client";

import { Field } from "@base-ui/react/field";
import type { ComponentProps } from "react";
import { CONTROL } from "./control-style.ts";
import { cx } from "./cx.ts";

type TextareaProps = Omit<ComponentProps<"textarea">, "className" | "onChange" | "value"> & {
  value: string;
  onChange: (value: string) => void;
  mono?: boolean | undefined;
  className?: string | undefined;
};

/**
 * Several lines of text; grows with its content up to 12 lines.
 *
 * <Textarea value={note} onChange={setNote} rows={3} />
 */
export function Textarea({ value, onChange, mono, className, ...rest }: TextareaProps) {
  return (
    <Field.Control
      value={value}
      onValueChange={onChange}
      render={<textarea rows={3} {...rest} />}
      className={cx(
        CONTROL,
        "h-auto max-h-64 field-sizing-content py-1.5",
        mono === true ? "type-value" : "type-body",
        className,
      )}
    />
  );
}
