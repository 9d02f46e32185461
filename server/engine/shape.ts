import { createHash } from "node:crypto";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import type { CaptureState } from "../storage/captures.ts";

/** Those of these objects that are to be read whole: never read so, or with other edges. */
export function unreadObjects(
  map: CompiledMap,
  system: string,
  objects: readonly string[],
  { loaded, shapes }: Pick<CaptureState, "loaded" | "shapes">,
): string[] {
  return objects.filter((name) => !(name in loaded) || shapes[name] !== shapeOf(map, system, name));
}

/**
 * A digest of everything that says how an object's rows read: its bindings' edges and the types
 * and rules of their fields. When it changes, the rows behind it are decided again.
 */
export function shapeOf(map: CompiledMap, system: string, object: string): string {
  const parts: unknown[] = [];
  for (const { binding, entity, namings } of map.bindings.values()) {
    if (binding.system !== system || binding.object !== object) continue;
    const fields = entity.entity.fields
      .filter(({ id }) => binding.edges.some((edge) => edge.fields.includes(id)))
      .map(({ id, type, options, validation }) => ({ id, type, options, validation }));
    const { id, createsRecords, createsRows, scope, archive } = binding;
    const edges = binding.edges.map(({ id: _, massChange: __, ...edge }) => edge);
    const { matchKeys: keys, rules } = entity.entity;
    const binds = { id, createsRecords, createsRows, scope, archive };
    const names = namings.length === 0 ? undefined : namings.map(({ space }) => space);
    parts.push({ ...binds, edges, fields, keys, rules, names });
  }
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}
