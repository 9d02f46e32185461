import type { ReactNode } from "react";
import { cx } from "./cx.ts";

type ToolbarProps = {
  /** Spoken name: "Filters". */
  label: string;
  children: ReactNode;
  /** What stands at the far end: counts, view switches. */
  end?: ReactNode;
  className?: string | undefined;
};

/**
 * A row of controls above a list or canvas; wraps where the room ends.
 *
 * <Toolbar label="Filters" end={<Count value={212} of="runs" />}><Input … /></Toolbar>
 */
export function Toolbar({ label, children, end, className }: ToolbarProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> is for forms
    <div
      role="group"
      aria-label={label}
      className={cx(
        "flex shrink-0 flex-wrap items-center gap-2 border-rule border-b bg-panel px-4 py-2",
        className,
      )}
    >
      {children}
      {end !== undefined && <div className="ml-auto flex flex-wrap items-center gap-2">{end}</div>}
    </div>
  );
}
