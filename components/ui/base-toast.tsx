"use client";

import { createPortal } from "react-dom";
import { Toaster as Sonner, toast } from "sonner";
import { IconButton } from "./icon-button.tsx";
import { Lamp } from "./lamp.tsx";
import { NOTICE_LAMPS, UndoButton } from "./notice-parts.tsx";
import type { Notice } from "./notices.ts";

const SHOWN_MS = 6_000;
const ABOVE_BOTTOM_BAR_PX = 72;

/** Shows a notice for a few seconds. */
export function showNotice(notice: Notice): void {
  toast.custom((toastId) => <ToastCard notice={notice} onClose={() => toast.dismiss(toastId)} />, {
    duration: SHOWN_MS,
  });
}

/**
 * `Toaster` at work. Beside the page and not within it: a dialog that an address opens may be there
 * first, and hides the page, with all that comes into it, from screen readers.
 */
export function BaseToaster() {
  return createPortal(
    <Sonner
      position="bottom-right"
      offset={16}
      mobileOffset={{ bottom: ABOVE_BOTTOM_BAR_PX, left: 16, right: 16 }}
      gap={8}
      containerAriaLabel="Notices"
    />,
    document.body,
  );
}

function ToastCard({ notice, onClose }: { notice: Notice; onClose: () => void }) {
  return (
    <div className="floating flex w-[min(22rem,calc(100vw-2rem))] items-start gap-2 p-2 pl-3">
      <Lamp state={NOTICE_LAMPS[notice.tone]} label="" className="mt-1.5" />
      <div className="min-w-0 flex-1 py-1">
        <div className="type-label">{notice.title}</div>
        {notice.detail !== undefined && (
          <div className="type-small text-ink-2">{notice.detail}</div>
        )}
      </div>
      <UndoButton notice={notice} onDone={onClose} />
      <IconButton icon="close" label="Close" size="sm" onClick={onClose} />
    </div>
  );
}
