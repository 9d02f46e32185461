"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactElement, type ReactNode, type RefObject, useRef } from "react";
import { buttonClass } from "./button-style.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";

export type OverlayProps = {
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Controlled; leave both out and give a `trigger` instead. */
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  /** The button that opens it; focus returns there. */
  trigger?: ReactElement | undefined;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  children?: ReactNode;
};

type DialogProps = OverlayProps & { size?: "sm" | "md" | "lg" | undefined };

const WIDTHS = { sm: "w-96", md: "w-[36rem]", lg: "w-[56rem]" } as const;

/**
 * A question that must be answered before going on. Editing belongs in a panel, not here.
 *
 * <Dialog title="Publish version 4" trigger={<Button>Publish</Button>} footer={…}>…</Dialog>
 */
export function Dialog({ size, ...props }: DialogProps) {
  return (
    <OverlayRoot
      {...props}
      popupClass={cx(
        "floating fixed top-[12vh] left-1/2 max-h-[76vh] max-w-[calc(100vw-2rem)] -translate-x-1/2",
        WIDTHS[size ?? "md"],
      )}
    />
  );
}

const CLOSE = buttonClass({ variant: "quiet", size: "sm", square: true });

/** What the keyboard should reach first: the first thing to fill in or press, not "Close". */
const FIRST = "input:not([disabled]), textarea, select, button, a[href], [tabindex='0']";

type Ref = RefObject<HTMLDivElement | null>;

function firstControl(body: Ref, popup: Ref): HTMLElement | null {
  return body.current?.querySelector<HTMLElement>(FIRST) ?? popup.current;
}

/** What a dialog and a drawer share: backdrop, heading, scrolling body, footer. */
export function OverlayRoot(props: OverlayProps & { popupClass: string }) {
  const { title, description, open, onOpenChange, trigger, footer, children, popupClass } = props;
  const popup = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      onOpenChange={(next) => onOpenChange?.(next)}
    >
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop
          className={
            "fixed inset-0 z-40 bg-[#0a1916]/32 transition-opacity " +
            "data-starting-style:opacity-0 data-ending-style:opacity-0"
          }
        />
        <Base.Popup
          ref={popup}
          initialFocus={(by) => (by === "touch" ? popup.current : firstControl(body, popup))}
          className={cx(
            "z-50 flex flex-col text-ink outline-none transition-[opacity,transform]",
            "data-starting-style:opacity-0 data-ending-style:opacity-0",
            popupClass,
          )}
        >
          <header className="flex items-start gap-3 border-rule border-b px-4 py-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="type-title">{title}</Base.Title>
              {description !== undefined && (
                <Base.Description className="mt-0.5 type-body text-ink-2">
                  {description}
                </Base.Description>
              )}
            </div>
            <Base.Close aria-label="Close" className={CLOSE}>
              <Icon name="close" size={16} />
            </Base.Close>
          </header>
          <div ref={body} data-scroll className="min-h-0 flex-1 overflow-y-auto p-4">
            {children}
          </div>
          {footer !== undefined && (
            <footer className="flex flex-wrap justify-end gap-2 border-rule border-t px-4 py-3">
              {footer}
            </footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
