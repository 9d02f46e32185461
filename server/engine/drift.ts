import type { Batch, Session } from "../connectors/connector.ts";
import { classifySchemaChange } from "../core/map/schema-change.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import { forgetLoaded } from "../storage/captures.ts";
import { endDrift, loadDrifted, saveDrift } from "../storage/current-map.ts";
import { markBindingsUnknown } from "../storage/deliveries.ts";
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
      if (found.breaking) {
        await forgetLoaded(tx, system, [change.object]);
        // What is told of it from now on passes by, the events of our own writes too.
        await markBindingsUnknown(tx, bindingsOf(map, system, change.object));
      }
      await notify(tx, ["systems"]);
    });
    context.log.warn("An object changed its shape.", { system, object: change.object });
  }
  return stops;
}

/**
 * Lets objects go on whose edges fit again: the columns that they use are all there, with the
 * types that they had, or a person has published a map since.
 * @returns true when one goes on
 */
export async function endDrifts(
  context: EngineContext,
  map: CompiledMap,
  system: string,
  session: Session,
): Promise<boolean> {
  const standing = await loadDrifted(context.sql, system);
  if (standing.length === 0) return false;
  const present = new Map((await session.discover()).map((schema) => [schema.name, schema]));
  let ended = false;
  for (const { name, schema: stopped, answered } of standing) {
    const schema = present.get(name);
    const used = usedColumns(map, system, name);
    const columns = new Set(schema?.columns.map((column) => column.name));
    if (schema === undefined || [...used].some((column) => !columns.has(column))) continue;
    // The same shape that stopped it goes on only when somebody has looked at it since.
    const moved = classifySchemaChange(stopped, schema, used).sentences.length > 0;
    if (!moved && !answered) continue;
    await endDrift(context.sql, { system, name, schema, now: nowOf(context) });
    ended = true;
  }
  if (ended) await notify(context.sql, ["systems", "maps"]);
  return ended;
}

function bindingsOf(map: CompiledMap, system: string, object: string): string[] {
  return [...map.bindings.values()]
    .filter(({ binding }) => binding.system === system && binding.object === object)
    .map(({ binding }) => binding.id);
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
