"use client";

import { Button as BaseButton } from "@base-ui/react/button";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-style.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";
import { Kbd } from "./kbd.tsx";
import { Tooltip } from "./tooltip.tsx";

type ButtonProps = Omit<ComponentProps<"button">, "className"> & {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: IconName | undefined;
  /** Keys that do the same, shown at the end: "mod+enter". */
  keys?: string | undefined;
  /** Work is under way: the label stays, presses are ignored. */
  busy?: boolean | undefined;
  /** Why it cannot be pressed now. Disables, stays focusable, and is said on hover and focus. */
  disabledReason?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/**
 * A press that does something. One primary per view; `danger` only for what destroys.
 *
 * <Button variant="primary" icon="check" onClick={publish}>Publish</Button>
 */
export function Button(props: ButtonProps) {
  const { variant, size, icon, keys, busy, disabledReason, className, children, ...rest } = props;
  const button = (
    <BaseButton
      {...rest}
      disabled={rest.disabled === true || busy === true || disabledReason !== undefined}
      focusableWhenDisabled={busy === true || disabledReason !== undefined}
      aria-busy={busy === true ? true : undefined}
      className={buttonClass({ variant, size, className })}
    >
      {busy === true ? <BusyArc /> : icon && <Icon name={icon} size={16} />}
      {children}
      {keys !== undefined && <Kbd keys={keys} inherit />}
    </BaseButton>
  );
  return disabledReason === undefined ? button : <Tooltip text={disabledReason}>{button}</Tooltip>;
}

function BusyArc() {
  return (
    <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden className="animate-arc">
      <path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" strokeWidth={2} />
    </svg>
  );
}
