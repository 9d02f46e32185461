"use client";

import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { shortcuts } from "./keyboard.ts";
import type { Scope, Shortcut } from "./shortcuts.ts";

/**
 * Gives keys a meaning while the calling component is on the page. The last scope added wins;
 * `base` scopes stand under all others.
 *
 * useShortcuts("Conflicts", [{ id: "skip", keys: "s", label: "Skip", run: skip }]);
 */
export function useShortcuts(
  scope: string,
  list: readonly Shortcut[],
  { base = false }: { base?: boolean } = {},
): void {
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  // Only a change of what the keys are makes a new scope; what they run is read when pressed.
  const shape = JSON.stringify(list.map(({ run: _, ...rest }) => rest));
  // Before the paint: what is seen can be pressed.
  useLayoutEffect(() => {
    const parsed = JSON.parse(shape) as Omit<Shortcut, "run">[];
    return shortcuts.add({
      name: scope,
      base,
      shortcuts: parsed.map((entry) => ({
        ...entry,
        run: () => latest.current.find(({ id }) => id === entry.id)?.run(),
      })),
    });
  }, [scope, base, shape]);
}

/** Every scope that is on the page now, for the help and the palette. */
export function useScopes(): readonly Scope[] {
  return useSyncExternalStore(shortcuts.subscribe, shortcuts.scopes, () => NO_SCOPES);
}

const NO_SCOPES: readonly Scope[] = [];
