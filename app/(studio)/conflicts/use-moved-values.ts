"use client";

import { useEffect, useRef, useState } from "react";
import { type Contender, changedSince } from "./contenders.ts";

/** A changed value is shown as such for this long. */
const FLASH_MS = 4_000;
/** A key pressed this soon after a change was meant for the value before. */
const HOLD_MS = 800;

export type Moved = {
  /** Who changed their value while the question was on screen. */
  readonly who: ReadonlySet<string>;
  /** So lately that an answer now was meant for the old values. */
  readonly isFresh: () => boolean;
};

/** Notices when a contender's value changes while its question is looked at. */
export function useMovedValues(
  id: string,
  revision: number,
  contenders: readonly Contender[],
): Moved {
  const seen = useRef({ id, revision, contenders });
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  const [who, setWho] = useState<ReadonlySet<string>>(NOBODY);
  useEffect(() => {
    const before = seen.current;
    seen.current = { id, revision, contenders };
    if (before.id !== id) {
      setWho(NOBODY);
      return;
    }
    if (before.revision === revision) return;
    const changed = changedSince(before.contenders, contenders);
    if (changed.size === 0) return;
    changedAt.current = performance.now();
    setWho(changed);
  }, [id, revision, contenders]);
  useEffect(() => {
    if (who.size === 0) return;
    const timer = setTimeout(() => setWho(NOBODY), FLASH_MS);
    return () => clearTimeout(timer);
  }, [who]);
  return { who, isFresh: () => performance.now() - changedAt.current < HOLD_MS };
}

const NOBODY: ReadonlySet<string> = new Set();
