"use client";

import { lazy } from "react";
import { AfterPaint } from "./after-paint.tsx";
import { type Notice, type NoticeTone, useNotices } from "./notices.ts";

/** Nothing is announced while a page is drawn first: the code of it comes after that. */
const load = () => import("./base-toast.tsx");

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
  void load().then((part) => part.showNotice(added));
}

const BaseToaster = lazy(() => load().then((part) => ({ default: part.BaseToaster })));

/** Where notices appear. Once, in the frame. */
export function Toaster() {
  return (
    <AfterPaint still={null}>
      <BaseToaster />
    </AfterPaint>
  );
}
