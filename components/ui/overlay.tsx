"use client";

import { lazy, type ReactNode, Suspense, useState } from "react";

export type OverlayProps = {
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  children?: ReactNode;
};

const BaseOverlay = lazy(() =>
  import("./base-overlay.tsx").then((part) => ({ default: part.BaseOverlay })),
);

/** What a dialog and a drawer share. Its code comes when it is opened first. */
export function Overlay(props: OverlayProps & { popupClass: string }) {
  const [wasOpened, setWasOpened] = useState(props.open);
  if (props.open && !wasOpened) setWasOpened(true);
  // From the first time on it stays, so that it can leave as it came.
  if (!props.open && !wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <BaseOverlay {...props} />
    </Suspense>
  );
}
