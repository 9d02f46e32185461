"use client";

import { Button as BaseButton } from "@base-ui/react/button";
import type { ComponentProps } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button-style.ts";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-paths.ts";
import { Tooltip } from "./tooltip.tsx";

type IconButtonProps = Omit<ComponentProps<"button">, "className" | "children"> & {
  icon: IconName;
  /** What it does: spoken, and shown on hover and focus. */
  label: string;
  /** Keys that do the same, shown beside the label. */
  keys?: string | undefined;
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  disabledReason?: string | undefined;
  className?: string | undefined;
};

/**
 * A button that shows only a glyph; its name appears as a tooltip.
 *
 * <IconButton icon="copy" label="Copy link" keys="y" onClick={copyLink} />
 */
export function IconButton(props: IconButtonProps) {
  const { icon, label, keys, variant, size, disabledReason, className, ...rest } = props;
  return (
    <Tooltip text={disabledReason ?? label} keys={keys}>
      <BaseButton
        {...rest}
        aria-label={label}
        disabled={rest.disabled === true || disabledReason !== undefined}
        focusableWhenDisabled={disabledReason !== undefined}
        className={buttonClass({ variant: variant ?? "quiet", size, square: true, className })}
      >
        <Icon name={icon} size={size === "sm" ? 16 : 20} />
      </BaseButton>
    </Tooltip>
  );
}
