"use client";

import { useSyncExternalStore } from "react";

/**
 * One clock for everything on the page that shows "12 min ago": it ticks twice a minute while
 * anything listens. On the server and while hydrating there is no time (null), because the
 * server's clock and zone are not the reader's.
 */
export function useNow(): Date | null {
  return useSyncExternalStore(subscribe, read, readOnServer);
}

const TICK_MS = 30_000;

let now: Date | null = null;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) timer = setInterval(tick, TICK_MS);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

function tick(): void {
  now = new Date();
  for (const listener of listeners) listener();
}

function read(): Date {
  now ??= new Date();
  return now;
}

function readOnServer(): null {
  return null;
}
