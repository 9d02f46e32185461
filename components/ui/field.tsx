"use client";

import { Field as Base } from "@base-ui/react/field";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";

type FieldProps = {
  label: ReactNode;
  /** What to enter and why; stays visible. */
  hint?: ReactNode;
  /** What is wrong and how to mend it. Marks the control as invalid. */
  error?: string | undefined;
  optional?: boolean | undefined;
  /** The label is spoken and not drawn. */
  hideLabel?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/**
 * A control with its label, hint and error, tied together for screen readers.
 *
 * <Field label="Host" error={errors.host}><Input value={host} onChange={setHost} /></Field>
 */
export function Field(props: FieldProps) {
  const { label, hint, error, optional, hideLabel, className, children } = props;
  return (
    <Base.Root invalid={error !== undefined} className={cx("flex flex-col gap-1", className)}>
      <Base.Label className={cx("type-label", hideLabel === true && "sr-only")}>
        {label}
        {optional === true && <span className="font-normal text-ink-3"> (optional)</span>}
      </Base.Label>
      {children}
      {hint !== undefined && (
        <Base.Description className="type-small text-ink-2">{hint}</Base.Description>
      )}
      {error !== undefined && (
        <Base.Error match className="flex items-start gap-1 type-small text-fail">
          <Icon name="octagon" size={14} className="mt-px" />
          {error}
        </Base.Error>
      )}
    </Base.Root>
  );
}
