"use client";

import { cloneElement, lazy, type ReactElement, type ReactNode } from "react";
import { AfterPaint } from "./after-paint.tsx";
import type { IconName } from "./icon-paths.ts";

export type MenuEntry =
  | "separator"
  | {
      label: string;
      icon?: IconName | undefined;
      /** Drawn before the label in place of an icon. */
      mark?: ReactNode;
      keys?: string | undefined;
      danger?: boolean | undefined;
      /** Why it cannot be chosen now. */
      disabledReason?: string | undefined;
      /** Either goes somewhere … */
      href?: string | undefined;
      /** … or does something. */
      onSelect?: (() => void) | undefined;
    };

export type MenuProps = {
  trigger: Trigger;
  entries: readonly MenuEntry[];
  align?: "start" | "center" | "end" | undefined;
  side?: "top" | "right" | "bottom" | "left" | undefined;
};

/** A button that opens something. */
export type Trigger = ReactElement<{ "aria-disabled"?: boolean }>;

const BaseMenu = lazy(() => import("./base-menu.tsx").then((part) => ({ default: part.BaseMenu })));

/**
 * A list of things to do with one object.
 *
 * <Menu trigger={<IconButton icon="dots" label="More" />} entries={[{ label: "Rename", … }]} />
 */
export function Menu(props: MenuProps) {
  return (
    <AfterPaint still={cloneElement(props.trigger, { "aria-disabled": true })}>
      <BaseMenu {...props} />
    </AfterPaint>
  );
}
