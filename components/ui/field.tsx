"use client";

import { Field as Base } from "@base-ui/react/field";
import { type ReactNode, useId } from "react";
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
  /** Several controls under one label: each needs a spoken name of its own. */
  group?: boolean | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/**
 * A control with its label, hint and error, tied together for screen readers.
 *
 * <Field label="Host" error={errors.host}><Input value={host} onChange={setHost} /></Field>
 */
export function Field({ group, ...props }: FieldProps) {
  return group === true ? <FieldGroup {...props} /> : <SingleField {...props} />;
}

const COLUMN = "flex min-w-0 flex-col gap-1";

function SingleField(props: Omit<FieldProps, "group">) {
  const { label, hint, error, optional, hideLabel, className, children } = props;
  return (
    <Base.Root invalid={error !== undefined} className={cx(COLUMN, className)}>
      <Base.Label className={cx("type-label", hideLabel === true && "sr-only")}>
        {label}
        {optional === true && <Optional />}
      </Base.Label>
      {children}
      {hint !== undefined && <Base.Description className={HINT}>{hint}</Base.Description>}
      {error !== undefined && (
        <Base.Error match className={ERROR}>
          <ErrorText error={error} />
        </Base.Error>
      )}
    </Base.Root>
  );
}

const HINT = "type-small text-ink-2";
const ERROR = "flex items-start gap-1 type-small text-fail";

function FieldGroup(props: Omit<FieldProps, "group">) {
  const { label, hint, error, optional, hideLabel, className, children } = props;
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <legend> cannot be laid out like a label
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint ${id}-error`}
      className={cx(COLUMN, className)}
    >
      <span id={`${id}-label`} className={cx("type-label", hideLabel === true && "sr-only")}>
        {label}
        {optional === true && <Optional />}
      </span>
      {children}
      <span id={`${id}-hint`} className={cx(HINT, "empty:hidden")}>
        {hint}
      </span>
      <span id={`${id}-error`} className={cx(ERROR, "empty:hidden")}>
        {error !== undefined && <ErrorText error={error} />}
      </span>
    </div>
  );
}

function Optional() {
  return <span className="font-normal text-ink-3"> (optional)</span>;
}

function ErrorText({ error }: { error: string }) {
  return (
    <>
      <Icon name="octagon" size={14} className="mt-px" />
      {error}
    </>
  );
}
