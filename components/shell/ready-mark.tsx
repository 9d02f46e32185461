"use client";

import { useEffect } from "react";

/**
 * Says on `<html data-ready>` that the page hears keys and presses: what was drawn on the server
 * looks the same before. Whoever drives the page by a program waits for it.
 */
export function ReadyMark() {
  // Effects of what stands inside run first, so that all of it listens by now.
  useEffect(() => {
    document.documentElement.dataset["ready"] = "";
  }, []);
  return null;
}
