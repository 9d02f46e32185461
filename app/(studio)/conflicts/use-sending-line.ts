"use client";

import { useRef, useState } from "react";
import { holdPage } from "../../../components/ui/hold-page.ts";

/**
 * Sends one thing after the other, and holds the page while the server does not have all of them.
 * @param onSent after the last of a burst, not after each
 */
export function useSendingLine(onSent: () => Promise<unknown>) {
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  const [sending, setSending] = useState(0);
  const count = (change: 1 | -1) => {
    waiting.current += change;
    setSending(waiting.current);
  };
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const release = holdPage();
    count(1);
    const done = line.current.then(work);
    line.current = done.then(async () => {
      release();
      count(-1);
      if (waiting.current === 0) await onSent();
    });
    return done;
  };
  return { sending, inOrder };
}
