"use client";

import { type ReactNode, Suspense, useSyncExternalStore } from "react";

type AfterPaintProps = {
  /** What the page is sent with: it looks the same and cannot be used yet. */
  still: ReactNode;
  /** Loads its code when it is drawn first. */
  children: ReactNode;
};

/**
 * Leaves code out of the first load that is needed when somebody presses, and not to see the page.
 *
 * <AfterPaint still={<StillSelect {...props} />}><BaseSelect {...props} /></AfterPaint>
 */
export function AfterPaint({ still, children }: AfterPaintProps) {
  // False for the server and for the first drawing of what it sent.
  const isHere = useSyncExternalStore(stays, here, away);
  return isHere ? <Suspense fallback={still}>{children}</Suspense> : still;
}

const stays = () => () => undefined;
const here = () => true;
const away = () => false;
