"use client";

import { type FocusEvent, type RefObject, useEffect, useRef } from "react";

/**
 * Keeps the keyboard in a panel when the control that had it goes away (a button that removes its
 * own line): then the panel itself has it, and Tab goes on from there.
 */
export function useKeptFocus(panel: RefObject<HTMLElement | null>) {
  const isInside = useRef(false);
  useEffect(() => {
    const isLost = document.activeElement === document.body;
    if (isInside.current && isLost) panel.current?.focus();
  });
  return {
    onFocus: () => {
      isInside.current = true;
    },
    onBlur: ({ relatedTarget }: FocusEvent) => {
      // Nothing is told when what had the focus is removed: then it still counts as inside.
      const isElsewhere = relatedTarget instanceof Node && !panel.current?.contains(relatedTarget);
      if (isElsewhere) isInside.current = false;
    },
  };
}
