"use client";

import { useEffect, useState } from "react";
import type { MapDocument } from "../../../server/core/map/document.ts";

/**
 * How many rules the draft changes of what is live; null until that is known. Comparing two maps
 * needs every transform there is, and comes after the page.
 */
export function useDraftChanges(live: MapDocument | null, draft: MapDocument): number | null {
  const [changed, setChanged] = useState<number | null>(null);
  useEffect(() => {
    let isOver = false;
    void import("../../../components/canvas/publish/count-changes.ts").then((part) => {
      if (!isOver) setChanged(part.countChanges(live, draft));
    });
    return () => {
      isOver = true;
    };
  }, [live, draft]);
  return changed;
}
