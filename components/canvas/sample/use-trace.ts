"use client";

import { useEffect, useState } from "react";
import { NOTHING_FLOWS, type TraceEdge } from "./sample-view.ts";

/**
 * What the steps of a map do, as soon as it is there. It brings every transform and the tables
 * that they know (countries, phone numbers, zones), so it comes after the screen.
 */
export function useTrace(): TraceEdge {
  const [trace, setTrace] = useState<{ run: TraceEdge }>({ run: NOTHING_FLOWS });
  useEffect(() => {
    let isLeft = false;
    void import("../../../server/core/mapping/explain.ts").then(({ traceEdge }) => {
      if (!isLeft) setTrace({ run: traceEdge });
    });
    return () => {
      isLeft = true;
    };
  }, []);
  return trace.run;
}
