"use client";

import { useMemo } from "react";
import type { MapDocument } from "../../../server/core/map/document.ts";
import { countChanges } from "./count-changes.ts";

/** How many rules the draft changes of what is live. */
export function useChanged(live: MapDocument | null, draft: MapDocument): number {
  return useMemo(() => countChanges(live, draft), [live, draft]);
}
