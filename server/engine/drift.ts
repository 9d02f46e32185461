import type { Transaction } from "../../db/client.ts";
import type { Batch, Change, Session } from "../connectors/connector.ts";
import type { ObjectSchema } from "../core/map/object-schema.ts";
import {
  classifySchemaChange,
  type LostColumns,
  type SchemaChange,
  stillLost,
} from "../core/map/schema-change.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import { forgetLoaded } from "../storage/captures.ts";
import { type Drift, endDrift, findDrift, loadDrifted, saveDrift } from "../storage/current-map.ts";
import { markBindingsUnknown, wakeParked } from "../storage/deliveries.ts";
import { notify } from "../storage/notify.ts";
import type { Capturing } from "./capturing.ts";
import { type EngineContext, nowOf } from "./context.ts";

/**
 * Notes that objects changed their shape. The edges whose columns are gone or changed their type
 * stand still, alone; the object does as a whole where its rows cannot be told apart any more. It
 * is read whole again when its edges fit.
 * @returns true when something stands still from now on, or goes on: the capture is opened anew
 */
export async function noteSchemas(
  context: EngineContext,
  of: Noting,
  batch: Batch,
): Promise<boolean> {
  let reopens = false;
  for (const change of batch.changes) {
    if (change.kind !== "schema") continue;
    if (await noteSchema(context, of, change)) reopens = true;
  }
  return reopens;
}

type Noting = Pick<Capturing, "map" | "system">;
type SchemaNews = Extract<Change, { kind: "schema" }>;

async function noteSchema(
  context: EngineContext,
  { map, system }: Noting,
  { object, schema }: SchemaNews,
): Promise<boolean> {
  const before = knownSchema(map, system, object);
  if (before === null) return false;
  const found = classifySchemaChange(before, schema, usedColumns(map, system, object));
  if (found.sentences.length === 0) return false;
  context.log.warn("An object changed its shape.", { system, object });
  return await context.sql.begin(async (tx) => {
    const noted = await findDrift(tx, system, object);
    const now = nowOf(context);
    await notify(tx, ["systems", "maps", "deliveries"]);
    const drift = driftOf(noted, found, schema, now);
    if (drift === null) {
      if (schema !== null) await goOn(tx, map, { system, name: object, schema, now });
      return true;
    }
    const names = namesRows(map, system, object, drift.lost ?? {});
    const { lost: _, ...whole } = drift;
    await stand(tx, map, { system, name: object, schema, drift: names ? whole : drift, now });
    return drift.breaking;
  });
}

/** What is to be noted of the object now; null when what stood still fits again. */
function driftOf(
  noted: Drift | null,
  found: SchemaChange,
  schema: ObjectSchema | null,
  at: string,
): Drift | null {
  const standing = noted?.lost ?? {};
  // What stands already goes on with the type that it had, whatever it has been meanwhile.
  const news = Object.entries(found.lost).filter(([name]) => !(name in standing));
  const still = schema === null ? {} : stillLost(standing, schema);
  const lost = { ...Object.fromEntries(news), ...still };
  const isLost = Object.keys(lost).length > 0;
  if (noted?.lost !== undefined && !isLost && !found.isUnreadable) return null;
  const before = noted?.breaking === true ? noted.sentences : [];
  const sentences = [...new Set([...before, ...found.sentences])];
  const breaking = isLost || found.isUnreadable;
  return { sentences, breaking, at, ...(isLost && !found.isUnreadable ? { lost } : {}) };
}

type Standing = Parameters<typeof saveDrift>[1];

async function stand(tx: Transaction, map: CompiledMap, object: Standing): Promise<void> {
  const { system, name, drift, now } = object;
  await saveDrift(tx, object);
  if (!drift.breaking) return;
  const bindings = bindingsOf(map, system, name);
  if (drift.lost !== undefined) {
    await wakeParked(tx, bindings, now);
    return;
  }
  await forgetLoaded(tx, system, [name]);
  // What is told of it from now on passes by, the events of our own writes too.
  await markBindingsUnknown(tx, bindings);
}

/** A column by which rows are matched is lost: a new row would be taken for a new record. */
function namesRows(map: CompiledMap, system: string, object: string, lost: LostColumns): boolean {
  return [...map.bindings.values()].some(
    ({ binding, keyColumns }) =>
      binding.system === system &&
      binding.object === object &&
      keyColumns.some((name) => name in lost),
  );
}

/** The object is read whole again: what was edited meanwhile is found by it. */
async function goOn(
  tx: Transaction,
  map: CompiledMap,
  object: { system: string; name: string; schema: ObjectSchema; now: string },
): Promise<void> {
  await endDrift(tx, object);
  await forgetLoaded(tx, object.system, [object.name, ...namingOthers(map, object.system)]);
  await wakeParked(tx, bindingsOf(map, object.system, object.name), object.now);
}

/** Objects whose rows name others by columns that may have been lost: those edges stood still. */
function namingOthers(map: CompiledMap, system: string): string[] {
  const all = [...map.bindings.values()].filter(({ binding }) => binding.system === system);
  return all
    .filter(({ binding }) => binding.edges.some(({ refersBy }) => refersBy !== undefined))
    .map(({ binding }) => binding.object);
}

/**
 * Lets go on what stands still and fits again: the columns that edges use are all there, with the
 * types that they had, or a person has published a map since.
 * @returns true when something goes on
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
  for (const { name, schema: stopped, answered, lost } of standing) {
    const schema = present.get(name);
    const used = usedColumns(map, system, name);
    const columns = new Set(schema?.columns.map((column) => column.name));
    if (schema === undefined || [...used].some((column) => !columns.has(column))) continue;
    // The same shape that stopped it goes on only when somebody has looked at it since.
    const fits =
      lost === null
        ? classifySchemaChange(stopped, schema, used).sentences.length > 0
        : Object.keys(stillLost(lost, schema)).length === 0;
    if (!fits && !answered) continue;
    await context.sql.begin((tx) => goOn(tx, map, { system, name, schema, now: nowOf(context) }));
    ended = true;
  }
  if (ended) await notify(context.sql, ["systems", "maps", "deliveries"]);
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

/** Columns of an object that an edge reads or writes, a scope looks at, or others refer by. */
function usedColumns(map: CompiledMap, system: string, object: string): Set<string> {
  const used = new Set<string>();
  for (const { binding, namings } of map.bindings.values()) {
    if (binding.system !== system || binding.object !== object) continue;
    for (const { columns } of [...binding.edges, ...namings])
      for (const name of columns) used.add(name);
    for (const { of } of binding.scope?.conditions ?? []) used.add(of);
  }
  return used;
}
