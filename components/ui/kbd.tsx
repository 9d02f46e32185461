"use client";

import { useSyncExternalStore } from "react";
import { cx } from "./cx.ts";
import { keyLabels } from "./key-labels.ts";

type KbdProps = {
  /** As the registry writes them: "mod+k", "g h" (one after the other), "?". */
  keys: string;
  /** Drawn in the ink of a filled button around it. */
  inherit?: boolean | undefined;
};

/**
 * Keys as caps.
 *
 * <Kbd keys="mod+k" /> draws Ctrl K, or ⌘ K on a Mac.
 */
export function Kbd({ keys, inherit = false }: KbdProps) {
  const isMac = useSyncExternalStore(subscribeToNothing, readIsMac, () => false);
  return (
    <span className="inline-flex items-center gap-0.5">
      {keyLabels(keys, isMac).map((label) => (
        <kbd
          key={label}
          className={cx(
            "inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-bullet border px-1",
            "type-small leading-none",
            inherit ? "border-current/45" : "border-rule-strong text-ink-2",
          )}
        >
          {label}
        </kbd>
      ))}
    </span>
  );
}

function subscribeToNothing(): () => void {
  return () => {};
}

function readIsMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
