"use client";

import { useEffect, useEffectEvent, useRef, useState } from "react";
import { isSame } from "../../../server/core/map/same.ts";
import { beginTyping } from "../draft/typing.ts";

/** After the last key; an edit of the draft is made for a pause in typing, not for each letter. */
const PAUSE_MS = 600;

/**
 * A value that is typed here and saved after a pause, at once by `flush` (on blur), or before
 * something is done with the draft as a whole. A change from elsewhere (undo, another person) is
 * taken over.
 */
export function useCommitted<T>(
  value: T,
  commit: (value: T) => void,
): { value: T; change: (value: T) => void; flush: () => void } {
  const [typed, setTyped] = useState(value);
  const pending = useRef<{ value: T } | null>(null);
  const known = useRef(value);
  const save = useEffectEvent((next: T) => {
    if (!isSame(next, value)) commit(next);
  });
  const flush = () => {
    const waiting = pending.current;
    pending.current = null;
    if (waiting !== null) save(waiting.value);
  };
  useEffect(() => {
    if (isSame(known.current, value)) return;
    known.current = value;
    if (pending.current === null) setTyped(value);
  }, [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new timer for every change of what is typed.
  useEffect(() => {
    if (pending.current === null) return;
    const timer = setTimeout(flush, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const last = useEffectEvent(flush);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed says whether it waits.
  useEffect(() => (pending.current === null ? undefined : beginTyping(() => last())), [typed]);
  // What was typed just before something else was chosen, or the page was left, must not be lost.
  useEffect(() => {
    const leave = () => last();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
  return {
    value: typed,
    change: (next) => {
      pending.current = { value: next };
      setTyped(next);
    },
    flush,
  };
}
