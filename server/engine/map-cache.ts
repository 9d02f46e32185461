import { type CompiledMap, compileMap } from "../core/plan/compile-map.ts";
import { currentVersion, loadCurrentMap } from "../storage/current-map.ts";
import type { EngineContext } from "./context.ts";

/** The live version, compiled once. */
export type MapCache = {
  /** The compiled live version; null before the first publish. */
  current(): Promise<CompiledMap | null>;
  /**
   * The version that was compiled last, without asking whether it is live still: for those whose
   * transaction finds out.
   */
  known(): Promise<CompiledMap | null>;
  /** Forgets what was compiled: a version was published, or a schema changed. */
  invalidate(): void;
};

export function createMapCache(context: Pick<EngineContext, "sql">): MapCache {
  let compiled: CompiledMap | null = null;
  const current = async () => {
    if (compiled !== null && compiled.version === (await currentVersion(context.sql))) {
      return compiled;
    }
    const live = await loadCurrentMap(context.sql);
    compiled =
      live === null
        ? null
        : compileMap(
            live.version,
            live.document,
            (system, object) => live.schemas.get(system)?.get(object) ?? null,
          );
    return compiled;
  };
  return {
    current,
    known: async () => compiled ?? (await current()),
    invalidate() {
      compiled = null;
    },
  };
}
