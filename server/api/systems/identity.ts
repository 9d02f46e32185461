import type { MapDocument, MapSystem } from "../../core/map/document.ts";

/**
 * How a system is named: by the draft, where it is edited, else by the live map. One that neither
 * names keeps a plain mark until somebody adds it again.
 */
export function identityOf(
  maps: { readonly draft: MapDocument; readonly live: MapDocument },
  id: string,
): { identity: MapSystem; isLive: boolean; isDraftChanged: boolean } {
  const draft = maps.draft.systems.find((one) => one.id === id);
  const live = maps.live.systems.find((one) => one.id === id);
  const plain = { id, name: id, code: id.slice(0, 2).toUpperCase().padEnd(2, "0"), line: 11 };
  return {
    identity: draft ?? live ?? plain,
    isLive: live !== undefined,
    isDraftChanged:
      draft !== undefined &&
      (live === undefined ||
        draft.name !== live.name ||
        draft.code !== live.code ||
        draft.line !== live.line),
  };
}
