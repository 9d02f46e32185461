import type { Viewport } from "@xyflow/react";
import { readPort } from "./saved-views.ts";

const keyOf = (entity: string) => `fieldline:canvas:${entity}`;

/** What of an entity's canvas this person had in sight last; null before they moved it. */
export function storedPort(entity: string): Viewport | null {
  try {
    return readPort(JSON.parse(localStorage.getItem(keyOf(entity)) ?? "null"));
  } catch {
    return null;
  }
}

export function storePort(entity: string, port: Viewport): void {
  localStorage.setItem(keyOf(entity), JSON.stringify(port));
}
