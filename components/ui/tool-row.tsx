"use client";

import { Toolbar } from "@base-ui/react/toolbar";
import { Children, isValidElement, type ReactNode } from "react";

type ToolRowProps = {
  /** Spoken name of the row. */
  label: string;
  className?: string | undefined;
  /** Buttons, one after the other. */
  children: ReactNode;
};

/**
 * Buttons that are one stop of the Tab key together; arrow keys move between them.
 *
 * <ToolRow label="View"><IconButton … /><IconButton … /></ToolRow>
 */
export function ToolRow({ label, className, children }: ToolRowProps) {
  return (
    <Toolbar.Root aria-label={label} className={className}>
      {Children.map(children, (button) =>
        isValidElement(button) ? <Toolbar.Button render={button} /> : button,
      )}
    </Toolbar.Root>
  );
}
