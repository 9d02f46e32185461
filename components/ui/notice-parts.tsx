"use client";

import { Button } from "./button.tsx";
import type { LampState } from "./lamp.tsx";
import { type Notice, type NoticeTone, useNotices } from "./notices.ts";

export const NOTICE_LAMPS: Record<NoticeTone, LampState> = {
  plain: "waiting",
  ok: "ok",
  warn: "warning",
  fail: "failed",
};

type UndoButtonProps = { notice: Notice; onDone?: (() => void) | undefined };

/** Takes back what a notice tells, where that can be. */
export function UndoButton({ notice, onDone }: UndoButtonProps) {
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
