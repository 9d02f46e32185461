import type { Viewport } from "@xyflow/react";
import type { Lens } from "./lens.ts";

export type MapView = "canvas" | "grid";

/** A way to look at an entity's map, under a name that its reader gave it. */
export type SavedView = {
  readonly name: string;
  readonly view: MapView;
  readonly lens: Lens;
  /** What of the canvas was in sight; null where nobody had moved it. */
  readonly port: Viewport | null;
};

export const VIEWS_MAX = 20;
export const VIEW_NAME_MAX = 60;

/** The views with one more, the last; one of the same name is replaced where it stands. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const at = views.findIndex(({ name }) => name === view.name);
  return at < 0 ? [...views, view].slice(-VIEWS_MAX) : views.toSpliced(at, 1, view);
}

/** Reads what was kept on this device; what is not whole is left out. */
export function readViews(text: string | null): SavedView[] {
  try {
    const kept: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(kept) ? kept.flatMap((one) => readView(one) ?? []) : [];
  } catch {
    return [];
  }
}

function readView(kept: unknown): SavedView | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { name, view, lens, port } = kept as Record<string, unknown>;
  if (typeof name !== "string" || name === "") return null;
  const { unmappedOnly, folded } = (lens ?? {}) as Record<string, unknown>;
  return {
    name: name.slice(0, VIEW_NAME_MAX),
    view: view === "grid" ? "grid" : "canvas",
    lens: {
      unmappedOnly: unmappedOnly === true,
      folded: Array.isArray(folded) ? folded.filter((id) => typeof id === "string") : [],
    },
    port: readPort(port),
  };
}

/** A part of the canvas as it was kept; null where it is not whole. */
export function readPort(kept: unknown): Viewport | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { x, y, zoom } = kept as Record<string, unknown>;
  const isWhole = [x, y, zoom].every((part) => typeof part === "number" && Number.isFinite(part));
  return isWhole ? ({ x, y, zoom } as Viewport) : null;
}
