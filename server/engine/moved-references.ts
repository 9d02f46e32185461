import type { Transaction } from "../../db/client.ts";
import type { EntityId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import { referredEntity } from "../core/map/references.ts";
import type { CompiledMap } from "../core/plan/compile-map.ts";
import { namesMoved } from "../core/reconcile/row-names.ts";
import type { LinkState } from "../core/reconcile/state.ts";
import type { Changes, World } from "../core/reconcile/world.ts";
import {
  advanceMoved,
  type MovedRecord,
  noteMoved,
  oldestMoved,
  rowsMeaning,
} from "../storage/moved-references.ts";
import { notify } from "../storage/notify.ts";
import { type RowAgain, wakeAwaiting } from "../storage/references.ts";

/**
 * A person has changed whose some rows are: what refers to them, and what waits for one of them in
 * quarantine, is decided again by whoever reads their system, the next time that it looks; what
 * waited for a record to get a row there is sent.
 */
export async function followActs(
  tx: Transaction,
  { map, now }: Pick<World, "map" | "now">,
  world: Pick<World, "links" | "linksOf">,
  changes: Changes,
): Promise<void> {
  if (map.referredTo.size === 0) return;
  const links = [...changes.links.values()].filter(({ binding }) => {
    const entity = map.bindings.get(binding)?.binding.entity;
    return entity !== undefined && map.referredTo.has(entity as EntityId);
  });
  const moved = links.flatMap((link) => movedBy(world, changes, link));
  await noteMoved(tx, moved, now);
  const reached = links.filter(({ state }) => state === "live");
  const merged = mergedInto(world, changes);
  const places = [...reached, ...merged].map(({ binding, record }) => ({ binding, record }));
  if (places.length > 0 && (await wakeAwaiting(tx, places, now))) {
    await notify(tx, ["deliveries"], []);
  }
}

/**
 * Rows are named otherwise by now, and go on being their records': what refers to them by the name
 * before is decided again, whether its system has followed or not.
 */
export async function noteRenamed(
  tx: Transaction,
  { recording: { map }, now }: { readonly recording: Pick<World, "map">; readonly now: string },
  { before, changes }: { readonly before: Pick<World, "links">; readonly changes: Changes },
): Promise<void> {
  if (map.namings.size === 0) return;
  const renamed = [...changes.links.values()].flatMap((link) => {
    const rules = map.bindings.get(link.binding);
    const was = before.links.get(link.id);
    if (rules === undefined || link.state !== "live" || was?.state !== "live") return [];
    const { left, got } = namesMoved(rules, was, link);
    return left.length + got.length === 0 ? [] : [{ system: link.system, record: link.record }];
  });
  await noteMoved(tx, renamed, now);
}

/** The record whose row it was, where its row is another one's by now. */
function movedBy(
  { links }: Pick<World, "links">,
  { records }: Changes,
  { id, state, record }: LinkState,
): MovedRecord[] {
  const before = links.get(id);
  if (before === undefined || (before.state !== "live" && before.state !== "doubted")) return [];
  const isSame = state === "live" && before.record === record;
  // A merged record and the one that it went into mean the same.
  const isMerged = records.get(before.record)?.merged?.into === record;
  return isSame || isMerged ? [] : [{ system: before.system, record: before.record }];
}

/** The rows of a record, as places of those that have just been merged into it. */
function mergedInto({ links, linksOf }: Pick<World, "links" | "linksOf">, changes: Changes) {
  return [...changes.records.values()].flatMap(({ id, merged }) => {
    if (merged === undefined || merged === null) return [];
    const theirs = [...(linksOf.get(merged.into) ?? []), ...merged.moved];
    return theirs.flatMap((link) => {
      const row = changes.links.get(link) ?? links.get(link);
      return row?.state === "live" ? [{ binding: row.binding, record: id }] : [];
    });
  });
}

/** Rows that may refer to another record by an act of a person, and whether there are more. */
export type RowsMoved = { readonly rows: readonly RowAgain[]; readonly isMore: boolean };

/** Takes the next of them that are to be decided again: with their decision they are done. */
export async function takeMoved(
  tx: Transaction,
  map: CompiledMap,
  system: string,
  countMax: number = LIMITS.batchObservationsMax,
): Promise<RowsMoved> {
  const moved = await oldestMoved(tx, system);
  if (moved === null) return { rows: [], isMore: false };
  const all = [...map.bindings.values()].filter(({ binding }) => binding.system === system);
  const referring = all.filter(({ mapping }) => mapping.references.length > 0);
  const fields = new Set(
    referring.flatMap(({ entity }) =>
      entity.entity.fields.flatMap((field) => (referredEntity(field) === null ? [] : [field.id])),
    ),
  );
  const bindings = referring.map(({ binding }) => binding.id);
  const rows = await rowsMeaning(tx, moved, { bindings, fields: [...fields], countMax });
  const isOver = rows.length < countMax;
  await advanceMoved(tx, moved, isOver ? null : (rows.at(-1)?.link ?? null));
  // Where it is over, another record may wait.
  return { rows, isMore: true };
}
