"use client";

import { Toaster as Sonner, toast } from "sonner";
import { IconButton } from "./icon-button.tsx";
import { Lamp } from "./lamp.tsx";
import { NOTICE_LAMPS, UndoButton } from "./notice-parts.tsx";
import { type Notice, type NoticeTone, useNotices } from "./notices.ts";

const SHOWN_MS = 6_000;
const ABOVE_BOTTOM_BAR_PX = 72;

/**
 * Announces what was done. It shows for a few seconds and stays in `NoticeHistory`, where it can
 * still be taken back.
 *
 * notify({ title: "Took Shop's price", tone: "ok", undo: { label: "Undo", run: reopen } });
 */
export function notify(notice: {
  title: string;
  detail?: string | undefined;
  tone?: NoticeTone | undefined;
  undo?: Notice["undo"];
}): void {
  const added = useNotices.getState().add({ ...notice, tone: notice.tone ?? "plain" });
  toast.custom((toastId) => <ToastCard notice={added} onClose={() => toast.dismiss(toastId)} />, {
    duration: SHOWN_MS,
  });
}

/** Where notices appear. Once, in the frame. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      offset={16}
      mobileOffset={{ bottom: ABOVE_BOTTOM_BAR_PX, left: 16, right: 16 }}
      gap={8}
      containerAriaLabel="Notices"
    />
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
