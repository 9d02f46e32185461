import type { QuarantineId } from "../ids.ts";
import {
  type Found,
  finish,
  type HeldItem,
  placeEvenOfDeleted,
  placeOf,
  release,
  waitingWith,
} from "./decide-again.ts";
import type { Base, LinkState } from "./state.ts";
import { type Changes, putLink, startWork, type Working, type World } from "./world.ts";

/**
 * Lets a refused value be: the field is held no longer and the refused value stands where it is.
 * A value that a system has stays there until the hub's value changes; a value that a target does
 * not take is kept apart from it, and a row that it does not take is not made.
 * @returns null where the item has no place any more, so that there is nothing to change
 */
export function letBe(world: World, item: HeldItem, newId: () => string): Changes | null {
  // A record that is deleted may be kept yet, and its row's value is let be then too.
  const found = item.kind === "value" ? placeEvenOfDeleted(world, item) : placeOf(world, item);
  if (typeof found === "string" || item.kind === "row") return null;
  const work = startWork(world, newId);
  const link = item.kind === "value" ? withRefused(work, item, found) : withoutIt(item, found);
  if (link === null) return null;
  putLink(work, link);
  if (item.kind === "value") release(work, item, found);
  finish(work, found.record.id);
  return work.changes;
}

/** The link with the refused value, and what waits with it, as accounted for. */
function withRefused(work: Working, item: HeldItem, found: Found): LinkState {
  const { link, record, field } = found;
  const bases: Record<string, Base> = { ...link.bases };
  const told = { ...waitingWith(work, item, found), [field]: item.value ?? null };
  for (const [part, s] of Object.entries(told)) {
    const hub = record.values[part];
    const stands = hub === undefined ? { s } : { s, g: hub.v };
    bases[part] = part === field ? { ...stands, said: item.id } : stands;
  }
  return { ...link, bases };
}

/** The link of a target that goes without the value, or without the row. */
function withoutIt({ id: said }: HeldItem, { link, field }: Found): LinkState | null {
  if (link.state === "pending") return { ...link, letBe: said };
  if (link.state !== "live") return null;
  const base = link.bases[field] ?? { s: null, void: true as const };
  return { ...link, bases: { ...link.bases, [field]: { ...base, apart: true, said } } };
}

/**
 * Takes up again what was let be: a value is an edit like another, what was kept apart from a
 * target or was not made there is due.
 * @returns null where it has changed since, so that nothing is let be any more
 */
export function takeUp(world: World, item: HeldItem, newId: () => string): Changes | null {
  const found = placeOf(world, item);
  if (typeof found === "string" || item.kind === "row") return null;
  const link = takenUp(found, item.id);
  if (link === null) return null;
  const work = startWork(world, newId);
  putLink(work, link);
  finish(work, found.record.id);
  return work.changes;
}

function takenUp({ link, record, field }: Found, item: QuarantineId): LinkState | null {
  if (link.letBe === item) return { ...link, letBe: null };
  const base = link.bases[field];
  if (base?.said !== item) return null;
  const { said: _, apart, ...known } = base;
  // What a system has and the hub was spared: beside the hub's own it is news again.
  const again: Base = apart === true ? known : { s: record.values[field]?.v ?? null };
  return { ...link, bases: { ...link.bases, [field]: again } };
}
