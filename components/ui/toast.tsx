"use client";

import { Toaster as Sonner, toast } from "sonner";
import { Button } from "./button.tsx";
import { Drawer } from "./drawer.tsx";
import { EmptyState } from "./empty-state.tsx";
import { IconButton } from "./icon-button.tsx";
import { Lamp, type LampState } from "./lamp.tsx";
import { type Notice, type NoticeTone, useNotices } from "./notices.ts";
import { Time } from "./time.tsx";

const LAMPS: Record<NoticeTone, LampState> = {
  plain: "waiting",
  ok: "ok",
  warn: "warning",
  fail: "failed",
};

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
      <Lamp state={LAMPS[notice.tone]} label="" className="mt-1.5" />
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

function UndoButton({ notice, onDone }: { notice: Notice; onDone?: (() => void) | undefined }) {
  const undo = useNotices((state) => state.undo);
  const undone = useNotices((state) => state.notices.find(({ id }) => id === notice.id)?.undone);
  if (notice.undo === undefined) return null;
  if (undone === true) return <span className="py-1.5 type-small text-ink-2">Taken back</span>;
  const press = () => {
    undo(notice.id);
    onDone?.();
  };
  return (
    <Button size="sm" icon="undo" onClick={press}>
      {notice.undo.label}
    </Button>
  );
}

/**
 * Everything announced since the page was opened, with what can still be taken back.
 *
 * <NoticeHistory open={open} onOpenChange={setOpen} />
 */
export function NoticeHistory(props: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const notices = useNotices((state) => state.notices);
  return (
    <Drawer title="Notices" description="Since this page was opened." {...props}>
      {notices.length === 0 && (
        <EmptyState title="Nothing yet">What you do will be listed here.</EmptyState>
      )}
      <ol className="-m-4">
        {notices.map((notice) => (
          <li key={notice.id} className="flex items-start gap-2 border-rule border-b px-4 py-2">
            <Lamp state={LAMPS[notice.tone]} label="" className="mt-1" />
            <div className="min-w-0 flex-1">
              <div className="type-label">{notice.title}</div>
              {notice.detail !== undefined && (
                <div className="type-small text-ink-2">{notice.detail}</div>
              )}
              <div className="type-small text-ink-3">
                <Time at={notice.at} />
              </div>
            </div>
            <UndoButton notice={notice} />
          </li>
        ))}
      </ol>
    </Drawer>
  );
}
