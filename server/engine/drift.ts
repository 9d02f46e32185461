import type { Batch } from "../connectors/connector.ts";
import { classifySchemaChange } from "../core/map/schema-change.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import { forgetLoaded } from "../storage/captures.ts";
import { saveDrift } from "../storage/current-map.ts";
import { notify } from "../storage/notify.ts";
import type { Capturing } from "./capturing.ts";
import { type EngineContext, nowOf } from "./context.ts";

/**
 * Notes that objects changed their shape. One whose used columns are gone or changed their type
 * stands still, alone; it is read whole again when its edges fit.
 * @returns true when an object stands still from now on: the capture is opened anew without it
 */
export async function noteSchemas(
  context: EngineContext,
  { map, system }: Pick<Capturing, "map" | "system">,
  batch: Batch,
): Promise<boolean> {
  let stops = false;
  for (const change of batch.changes) {
    if (change.kind !== "schema") continue;
    const before = knownSchema(map, system, change.object);
    if (before === null) continue;
    const used = usedColumns(map, system, change.object);
    const found = classifySchemaChange(before, change.schema, used);
    if (found.sentences.length === 0) continue;
    const now = nowOf(context);
    stops ||= found.breaking;
    await context.sql.begin(async (tx) => {
      await saveDrift(tx, {
        system,
        name: change.object,
        schema: change.schema,
        drift: { sentences: [...found.sentences], breaking: found.breaking, at: now },
        now,
      });
      if (found.breaking) await forgetLoaded(tx, system, [change.object]);
      await notify(tx, ["systems"]);
    });
    context.log.warn("An object changed its shape.", { system, object: change.object });
  }
  return stops;
}

function knownSchema(map: CompiledMap, system: string, object: string) {
  for (const { binding, schema } of map.bindings.values()) {
    if (binding.system === system && binding.object === object) return schema;
  }
  return null;
}

/** Columns of an object that an edge reads or writes. */
function usedColumns(map: CompiledMap, system: string, object: string): Set<string> {
  const used = new Set<string>();
  for (const { binding } of map.bindings.values()) {
    if (binding.system !== system || binding.object !== object) continue;
    for (const { columns } of binding.edges) for (const name of columns) used.add(name);
  }
  return used;
}
