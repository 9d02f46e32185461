import { type CompiledMap, compileMap } from "../core/plan/compile-map.ts";
import { currentVersion, loadCurrentMap } from "../storage/current-map.ts";
import type { EngineContext } from "./context.ts";

/** The live version, compiled once. */
export type MapCache = {
  /** The compiled live version; null before the first publish. */
  current(): Promise<CompiledMap | null>;
  /** Forgets what was compiled: a version was published, or a schema changed. */
  invalidate(): void;
};

export function createMapCache(context: Pick<EngineContext, "sql">): MapCache {
  let compiled: CompiledMap | null = null;
  return {
    async current() {
      if (compiled !== null && compiled.version === (await currentVersion(context.sql))) {
        return compiled;
      }
      const current = await loadCurrentMap(context.sql);
      compiled =
        current === null
          ? null
          : compileMap(
              current.version,
              current.document,
              (system, object) => current.schemas.get(system)?.get(object) ?? null,
            );
      return compiled;
    },
    invalidate() {
      compiled = null;
    },
  };
}
