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
  let news = 0;
  const current = async () => {
    if (compiled !== null && compiled.version === (await currentVersion(context.sql))) {
      return compiled;
    }
    const seen = news;
    const live = await loadCurrentMap(context.sql);
    const made =
      live === null
        ? null
        : compileMap(
            live.version,
            live.document,
            (system, object) => live.schemas.get(system)?.get(object) ?? null,
            (system, object) => live.lost.get(`${system}\n${object}`) ?? [],
          );
    // What was told while it was loaded may not be in it.
    if (news === seen) compiled = made;
    return made;
  };
  return {
    current,
    known: async () => compiled ?? (await current()),
    invalidate() {
      news += 1;
      compiled = null;
    },
  };
}
