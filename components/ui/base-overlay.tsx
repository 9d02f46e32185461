"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { type RefObject, useRef } from "react";
import { buttonClass } from "./button-style.ts";
import { cx } from "./cx.ts";
import { Icon } from "./icon.tsx";
import type { OverlayProps } from "./overlay.tsx";

const CLOSE = buttonClass({ variant: "quiet", size: "sm", square: true });

/** What the keyboard should reach first: the first thing to fill in or press, not "Close". */
const FIRST = "input:not([disabled]), textarea, select, button, a[href], [tabindex='0']";

type Ref = RefObject<HTMLDivElement | null>;

function firstControl(body: Ref, popup: Ref): HTMLElement | null {
  return body.current?.querySelector<HTMLElement>(FIRST) ?? popup.current;
}

/** `Overlay` at work: backdrop, heading, scrolling body, footer. */
export function BaseOverlay(props: OverlayProps & { popupClass: string }) {
  const { title, description, open, onOpenChange, footer, children, popupClass } = props;
  const popup = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
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
