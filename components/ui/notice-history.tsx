"use client";

import { Drawer } from "./drawer.tsx";
import { EmptyState } from "./empty-state.tsx";
import { Lamp } from "./lamp.tsx";
import { NOTICE_LAMPS, UndoButton } from "./notice-parts.tsx";
import { useNotices } from "./notices.ts";
import { Time } from "./time.tsx";

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
            <Lamp state={NOTICE_LAMPS[notice.tone]} label="" className="mt-1" />
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
