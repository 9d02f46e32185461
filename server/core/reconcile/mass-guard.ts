import { LIMITS } from "../limits.ts";
import type { MassKind } from "../map/mass-words.ts";
import type { LinkState } from "./state.ts";
import type { Working } from "./world.ts";

/** What many rows may do at once: rows of a binding that are gone, or change one field. */
export type MassPlace = {
  readonly binding: string;
  readonly kind: MassKind;
  /** Null for rows that are gone. */
  readonly field: string | null;
};

/** How many rows did it in one minute of a stream, or in one enumeration; and how many wait. */
export type Tally = { readonly seen: number; readonly held: number };

/**
 * What the guard against a mass change may see. Everything in it follows from what has been told
 * before, in its order, and from no batch.
 */
export type MassEvidence = {
  /** The enumeration under way, which is one window; null in a stream, whose minutes are. */
  readonly run: string | null;
  /** By `massKey` and minute or run. */
  readonly tallies: ReadonlyMap<string, ReadonlyMap<string, Tally>>;
  /**
   * By `massKey`: of how many rows it is a share, when the batch begins. Missing where too few have
   * done it for the share to matter.
   */
  readonly totals: ReadonlyMap<string, number>;
  /** Places of which all waits: an enumeration takes effect as a whole. */
  readonly whole?: ReadonlySet<string>;
};

/** The first row of a batch that waits at a place. */
export type MassBegin = {
  /** When its source says it happened, ISO 8601 UTC. */
  readonly since: string;
  /** Of how many rows it is a share. */
  readonly total: number;
  /** How many did it before in the window, and went through. */
  readonly passed: number;
};

export const massKey = ({ binding, kind, field }: MassPlace): string =>
  `${binding}\n${kind}\n${field ?? ""}`;

/** What a `massKey` names. */
export function massPlaceOf(key: string): MassPlace {
  const [binding = "", kind = "gone", field = ""] = key.split("\n");
  return { binding, kind: kind as MassKind, field: field === "" ? null : field };
}

const MINUTE_MS = 60_000;

/** The minute of a time: "2026-03-01T12:07". */
export const minuteOf = (at: string): string => at.slice(0, 16);

/** The minutes that make one window with this time's, itself among them. */
export function windowOf(at: string): string[] {
  const last = Date.parse(`${minuteOf(at)}:00Z`);
  return Array.from({ length: LIMITS.massChangeMinutes }, (_, back) =>
    minuteOf(new Date(last - back * MINUTE_MS).toISOString()),
  );
}

/**
 * Counts one more row that does it. From the first one above the limit on all of them wait, as long
 * as the window holds that many; those before have gone through.
 * @param at when its source says it happened, ISO 8601 UTC
 * @returns whether it waits for a person
 */
export function waitsWithMany(work: Working, place: MassPlace, at: string): boolean {
  const evidence = work.world.mass;
  const limit = work.world.map.bindings
    .get(place.binding as never)
    ?.massLimit(place.kind, place.field);
  if (evidence === undefined || limit == null) return false;
  const key = massKey(place);
  const before = inWindow(work, key, evidence.run === null ? windowOf(at) : [evidence.run]);
  const total = totalOf(work, place, before);
  const seen = before.seen + 1;
  const isMany = total !== null && seen > limit.rows && seen > total * limit.share;
  const waits = isMany || evidence.whole?.has(key) === true;
  count(work, key, evidence.run ?? minuteOf(at), waits);
  const { massAsked } = work.changes;
  if (waits && !massAsked.has(key)) {
    massAsked.set(key, { since: at, total: total ?? 0, passed: before.seen - before.held });
  }
  return waits;
}

function inWindow({ world, changes }: Working, key: string, buckets: readonly string[]): Tally {
  let [seen, held] = [0, 0];
  for (const bucket of buckets) {
    for (const tallies of [world.mass?.tallies.get(key), changes.tallies.get(key)]) {
      seen += tallies?.get(bucket)?.seen ?? 0;
      held += tallies?.get(bucket)?.held ?? 0;
    }
  }
  return { seen, held };
}

/** All rows that could have done it, those among them that already have. */
function totalOf(work: Working, { binding, kind, field }: MassPlace, before: Tally): number | null {
  const key = massKey({ binding, kind, field });
  const atFirst = work.world.mass?.totals.get(key);
  if (atFirst === undefined) return null;
  const now = atFirst + (work.rowsMoved.get(key) ?? 0);
  // A row that is told as gone is none any more, waits it or not; a value that waits stands.
  if (kind === "gone") return now + before.seen;
  return kind === "cleared" ? now + before.seen - before.held : now;
}

function count({ changes }: Working, key: string, bucket: string, waits: boolean): void {
  const tallies = changes.tallies.get(key) ?? new Map<string, Tally>();
  changes.tallies.set(key, tallies);
  const { seen, held } = tallies.get(bucket) ?? { seen: 0, held: 0 };
  tallies.set(bucket, { seen: seen + 1, held: held + (waits ? 1 : 0) });
}

/** Keeps the numbers of rows true, of which what is counted is a share. */
export function followRows(work: Working, before: LinkState | undefined, link: LinkState): void {
  const totals = work.world.mass?.totals;
  if (totals === undefined || totals.size === 0) return;
  for (const key of totals.keys()) {
    const place = massPlaceOf(key);
    if (place.binding !== link.binding) continue;
    const moved = Number(isCounted(place, link)) - Number(isCounted(place, before));
    if (moved !== 0) work.rowsMoved.set(key, (work.rowsMoved.get(key) ?? 0) + moved);
  }
}

/** Of a field that is cleared, only rows that have a value count. */
function isCounted({ kind, field }: MassPlace, link: LinkState | undefined): boolean {
  if (link?.state !== "live") return false;
  return kind !== "cleared" || hasValue(link.bases[field ?? ""]?.s);
}

/** As the storage counts it too. */
function hasValue(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  return !Array.isArray(value) || value.length > 0;
}
