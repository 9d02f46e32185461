"use client";

import { useState } from "react";

type Started = { readonly id: string; readonly startedAt: string };

/**
 * Keeps rows from moving under the pointer: runs that began since the list was opened wait until
 * they are asked for. What is shown goes on changing in its place.
 * @param rows newest first
 */
export function useHeldBack<Row extends Started>(rows: readonly Row[]) {
  const newest = rows[0]?.startedAt ?? null;
  const [seen, setSeen] = useState(newest);
  // An empty list has no rows that could move.
  if (seen === null && newest !== null) setSeen(newest);
  const shown = seen === null ? rows : rows.filter(({ startedAt }) => startedAt <= seen);
  return { shown, held: rows.length - shown.length, release: () => setSeen(newest) };
}
