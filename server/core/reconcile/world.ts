import type { AuditEntry } from "../audit/audit-entry.ts";
import type { AttemptId, BindingId, ConflictId, LinkId, QuarantineId, RecordId } from "../ids.ts";
import type { Awaited, Refer } from "../mapping/refer.ts";
import type { CompiledMap } from "../plan/compile-map.ts";
import type { Position } from "../position.ts";
import type { FieldValue } from "../values/field-value.ts";
import { afterMove, movedFields } from "./kept-apart.ts";
import type { RowLetBe } from "./let-be.ts";
import type { LetGo } from "./let-go.ts";
import { followRows, type MassBegin, type MassEvidence, type Tally } from "./mass-guard.ts";
import { followNames, type NameHolder } from "./row-names.ts";
import {
  type Attempt,
  type Conflict,
  type FieldProblem,
  isAside,
  type LinkState,
  type MappedObservation,
  type RecordState,
} from "./state.ts";

/** Everything that the decisions of one batch may see, loaded before. Never changed by them. */
export type World = {
  readonly map: CompiledMap;
  /** The engine's time of this batch, ISO 8601 UTC with microseconds. */
  readonly now: string;
  readonly records: ReadonlyMap<RecordId, RecordState>;
  /** All links of the records, and the tombstones of the rows that were observed. */
  readonly links: ReadonlyMap<LinkId, LinkState>;
  readonly linksOf: ReadonlyMap<RecordId, readonly LinkId[]>;
  /** By `rowKey`: the live link of a row. */
  readonly linkAt: ReadonlyMap<string, LinkId>;
  /** By `rowKey`: the link of a row that has left its binding's scope, or was put away. */
  readonly leftAt?: ReadonlyMap<string, LinkId>;
  /** By `rowKey`: how often the row's id has been linked before. */
  readonly incarnations: ReadonlyMap<string, number>;
  /** By `rowKey`: rows that a person has let be, as they were told last. */
  readonly letBe?: ReadonlyMap<string, RowLetBe>;
  /** By `rowKey`: where the last row of this id was deleted. */
  readonly goneAt?: ReadonlyMap<string, Position>;
  /**
   * Pending links whose row our own call is making, with its key where the call has told it: what
   * else matches their record is another row.
   */
  readonly making?: ReadonlyMap<LinkId, string | null>;
  /** Open questions by record. */
  readonly conflicts: ReadonlyMap<RecordId, readonly Conflict[]>;
  /** Values in quarantine by record. */
  readonly held: ReadonlyMap<RecordId, readonly HeldValue[]>;
  /** By `attemptKey`: our own transactions whose events have not been told yet. */
  readonly attempts: ReadonlyMap<string, Attempt>;
  /** Our updates whose outcome nobody knows, by link, in the order in which they were made. */
  readonly unknown?: ReadonlyMap<LinkId, readonly Attempt[]>;
  /** By `rowKey` of the row that each seems to have made: creates whose outcome nobody knows. */
  readonly guessed?: ReadonlyMap<string, Attempt>;
  /** By `matchKey`: who holds a match key's value. */
  readonly keyHolders: ReadonlyMap<string, readonly RecordId[]>;
  /** By `matchKey`: links with a value that waits until nobody has it any more. */
  readonly wanting?: ReadonlyMap<string, readonly LinkId[]>;
  /** Bindings whose rows have all been read: rows may be made there. */
  readonly loaded: ReadonlySet<BindingId>;
  /**
   * Systems that are compared because the hub was restored from an older state: what they show may
   * be a write of ours that the hub has forgotten.
   */
  readonly forgotten?: ReadonlySet<string>;
  /** Whom references lead to outside what is loaded; missing where the map has none. */
  readonly refer?: Refer;
  /** By `rowKey` of space and name: who has the names by which rows of the batch refer. */
  readonly named?: ReadonlyMap<string, readonly NameHolder[]>;
  /** What many rows did at once before; missing where nobody guards against it. */
  readonly mass?: MassEvidence;
  /** Per system: its measured clock against the hub's. */
  readonly clocks: ReadonlyMap<string, { readonly offsetMs: number; readonly errorMs: number }>;
};

/** A value in quarantine: its field is held until it is released or a good one comes. */
export type HeldValue = {
  readonly id: QuarantineId;
  readonly link: LinkId;
  readonly field: string;
  /** Why it waits, as far as a later decision asks. */
  readonly code?: string;
};

/** The place of a value in quarantine: there is one at most. */
export const heldKey = (link: LinkId, field: string): string => `${link}\n${field}`;

/** The identity of a foreign row in a binding. */
export const rowKey = (binding: string, externalId: string): string => `${binding}\n${externalId}`;

/** What a `rowKey` names. */
export function rowOfKey(key: string): { binding: string; externalId: string } {
  const at = key.indexOf("\n");
  return { binding: key.slice(0, at), externalId: key.slice(at + 1) };
}

/** The event that an attempt explains. */
export const attemptKey = (transaction: string, binding: string, externalId: string): string =>
  `${transaction}\n${binding}\n${externalId}`;

export const matchKey = (entity: string, key: string, value: string): string =>
  `${entity}\n${key}\n${value}`;

/** A value or row that must wait for a person, with what names its place. */
export type QuarantineItem = {
  readonly id: QuarantineId;
  readonly kind: "value" | "row";
  readonly entity: string;
  readonly record: RecordId | null;
  readonly link: LinkId | null;
  readonly observation: MappedObservation;
  readonly problem:
    | FieldProblem
    | {
        readonly field: null;
        readonly code: string;
        readonly message: string;
        readonly value: FieldValue | null;
        readonly awaits?: Awaited;
      };
};

/** What a batch decided: everything that is to be committed in one transaction. */
export type Changes = {
  readonly records: Map<RecordId, RecordState>;
  readonly links: Map<LinkId, LinkState>;
  readonly conflicts: Map<ConflictId, Conflict>;
  readonly quarantined: QuarantineItem[];
  /** By `heldKey`: values whose field is good again. */
  readonly released: Map<string, HeldValue>;
  /** Links to which nothing is delivered any more: what waits there is let go. */
  readonly letGo: Map<LinkId, LetGo>;
  /** By `rowKey`: rows that match no record and may not make one, kept until one has their key. */
  readonly unmatched: Map<string, MappedObservation>;
  /** By `rowKey`: rows that wait as a whole no more, because they were decided or are gone. */
  readonly decidedRows: Set<string>;
  /** By `rowKey`: rows that were let be, as told once more; null for one that has changed. */
  readonly letBe: Map<string, MappedObservation | null>;
  readonly audit: AuditEntry[];
  /** Links whose system is to be brought to the hub's values. */
  readonly due: Set<LinkId>;
  /** Links with nothing left to send. */
  readonly settled: Set<LinkId>;
  /** Attempts whose event was told: they and their delivery's wait are over. */
  readonly explained: Set<AttemptId>;
  readonly explainedLinks: Set<LinkId>;
  /** Attempts of unknown outcome that explain nothing any more. */
  readonly ended: Set<AttemptId>;
  /** Links whose row came by itself: what we tried there before is over. */
  readonly foundLinks: Set<LinkId>;
  /** By `massKey` and minute or run: how many rows more did what many may not do at once. */
  readonly tallies: Map<string, Map<string, Tally>>;
  /** By `massKey`: what this batch lets wait begins with. */
  readonly massAsked: Map<string, MassBegin>;
  /** Records whose match keys changed: all their present keys. */
  readonly keys: Map<RecordId, readonly { readonly key: string; readonly value: string }[]>;
};

/** A batch at work: the loaded world below, what was decided so far above it. */
export type Working = {
  readonly world: World;
  readonly newId: () => string;
  readonly changes: Changes;
  readonly touched: Set<RecordId>;
  /** Records that this batch made: their first values are one audit line. */
  readonly created: Set<RecordId>;
  readonly linkAt: Map<string, LinkId | null>;
  readonly leftAt: Map<string, LinkId | null>;
  readonly goneAt: Map<string, Position>;
  /** By `rowKey`: the incarnation of the last link that this batch gave a row of the id. */
  readonly incarnations: Map<string, number>;
  /** Attempts of unknown outcome that nothing is to be explained by in this batch any more. */
  readonly ended: Set<AttemptId>;
  /** Transactions of a source whose changed keys have been followed. */
  readonly rekeyed: Set<string>;
  readonly linksOf: Map<RecordId, LinkId[]>;
  /** By `rowKey` of space and name: links that have got the name by this batch, or given it up. */
  readonly named: Map<string, Map<LinkId, boolean>>;
  readonly openConflicts: Map<RecordId, Conflict[]>;
  readonly held: Map<RecordId, HeldValue[]>;
  readonly keyHolders: Map<string, RecordId[]>;
  /** Links of which this batch found a value that waits so. */
  readonly wanting: Map<string, LinkId[]>;
  /** By `matchKey`: keys that somebody has given up, and that nobody was told of yet. */
  readonly moved: Set<string>;
  /** By `massKey`: how many rows more there are by what this batch did. */
  readonly rowsMoved: Map<string, number>;
};

export function startWork(world: World, newId: () => string): Working {
  return {
    world,
    newId,
    changes: {
      records: new Map(),
      links: new Map(),
      conflicts: new Map(),
      quarantined: [],
      released: new Map(),
      letGo: new Map(),
      unmatched: new Map(),
      decidedRows: new Set(),
      letBe: new Map(),
      audit: [],
      due: new Set(),
      settled: new Set(),
      explained: new Set(),
      explainedLinks: new Set(),
      ended: new Set(),
      foundLinks: new Set(),
      tallies: new Map(),
      massAsked: new Map(),
      keys: new Map(),
    },
    touched: new Set(),
    created: new Set(),
    linkAt: new Map(),
    leftAt: new Map(),
    goneAt: new Map(),
    incarnations: new Map(),
    ended: new Set(),
    rekeyed: new Set(),
    ...{ linksOf: new Map(), named: new Map() },
    openConflicts: new Map(),
    held: new Map(),
    keyHolders: new Map(),
    wanting: new Map(),
    moved: new Set(),
    rowsMoved: new Map(),
  };
}

export function recordOf(work: Working, id: RecordId): RecordState | undefined {
  return work.changes.records.get(id) ?? work.world.records.get(id);
}

export function linkOf(work: Working, id: LinkId): LinkState | undefined {
  return work.changes.links.get(id) ?? work.world.links.get(id);
}

export function linksOf(work: Working, record: RecordId): readonly LinkId[] {
  return work.linksOf.get(record) ?? work.world.linksOf.get(record) ?? [];
}

/** The live link of a row, as the batch has it by now. */
export function liveLink(
  work: Working,
  binding: string,
  externalId: string,
): LinkState | undefined {
  const id = liveLinkId(work, rowKey(binding, externalId));
  return id === undefined || id === null ? undefined : linkOf(work, id);
}

function liveLinkId({ linkAt, world }: Working, key: string): LinkId | null | undefined {
  const own = linkAt.get(key);
  return own === undefined ? world.linkAt.get(key) : own;
}

/** The link of a row that lies outside its binding's scope now, or that we have put away. */
export function leftLink(
  work: Working,
  binding: string,
  externalId: string,
): LinkState | undefined {
  const key = rowKey(binding, externalId);
  const own = work.leftAt.get(key);
  const id = own === undefined ? work.world.leftAt?.get(key) : own;
  return id === undefined || id === null ? undefined : linkOf(work, id);
}

export function conflictsOf(work: Working, record: RecordId): readonly Conflict[] {
  return work.openConflicts.get(record) ?? work.world.conflicts.get(record) ?? [];
}

export function heldOf(work: Working, record: RecordId): readonly HeldValue[] {
  return work.held.get(record) ?? work.world.held.get(record) ?? [];
}

export function holdersOf(work: Working, key: string): readonly RecordId[] {
  return work.keyHolders.get(key) ?? work.world.keyHolders.get(key) ?? [];
}

/** Stores a record; a value that comes to what a system has kept apart ends that. */
export function putRecord(work: Working, record: RecordState): void {
  const before = recordOf(work, record.id);
  work.changes.records.set(record.id, record);
  work.touched.add(record.id);
  const moved = before === undefined ? [] : movedFields(before, record);
  if (moved.length === 0) return;
  for (const id of linksOf(work, record.id)) {
    const link = linkOf(work, id);
    const rules = link === undefined ? undefined : work.world.map.bindings.get(link.binding);
    if (link === undefined || rules === undefined) continue;
    const next = afterMove(link, record, moved, rules);
    if (next !== null) putLink(work, next);
  }
}

/** Stores a link and keeps the row index true. */
export function putLink(work: Working, link: LinkState): void {
  const before = linkOf(work, link.id);
  work.touched.add(link.record);
  followRows(work, before, link);
  if (before === undefined) {
    work.linksOf.set(link.record, [...linksOf(work, link.record), link.id]);
  }
  work.changes.links.set(link.id, link);
  followNames(work.named, work.world.map, before, link);
  if (before === undefined || !isSamePlace(before, link)) followPlace(work, before, link);
}

/** By far the most links stay with their row, and the indexes have them. */
function isSamePlace(before: LinkState, link: LinkState): boolean {
  return (
    before.state === link.state &&
    before.externalId === link.externalId &&
    before.incarnation === link.incarnation &&
    before.binding === link.binding
  );
}

function followPlace(work: Working, before: LinkState | undefined, link: LinkState): void {
  if (before?.externalId != null && before.state === "live") {
    // Two rows may have exchanged their keys: the other one is there already.
    const there = liveLinkId(work, rowKey(before.binding, before.externalId));
    if (there === link.id) work.linkAt.set(rowKey(before.binding, before.externalId), null);
  }
  if (before?.externalId != null && isAside(before)) {
    work.leftAt.set(rowKey(before.binding, before.externalId), null);
  }
  if (link.externalId !== null && isAside(link)) {
    work.leftAt.set(rowKey(link.binding, link.externalId), link.id);
  }
  if (link.externalId !== null && link.state === "live") {
    const key = rowKey(link.binding, link.externalId);
    work.linkAt.set(key, link.id);
    work.incarnations.set(key, link.incarnation);
  }
}

/** A value waits no more: its field is good again, or its row is its record's no more. */
export function release(
  work: Working,
  record: RecordId,
  isOver: (held: HeldValue) => boolean,
): void {
  const before = heldOf(work, record);
  const over = before.filter(isOver);
  if (over.length === 0) return;
  for (const held of over) work.changes.released.set(heldKey(held.link, held.field), held);
  work.held.set(
    record,
    before.filter((held) => !over.includes(held)),
  );
  work.touched.add(record);
}

/** The row waits as a whole, in quarantine or unmatched, no more. */
export function endWaiting(work: Working, binding: string, externalId: string): void {
  const key = rowKey(binding, externalId);
  endLetBe(work, key);
  work.changes.decidedRows.add(key);
  work.changes.unmatched.delete(key);
  const at = work.changes.quarantined.findIndex(
    ({ kind, observation }) =>
      kind === "row" && rowKey(observation.binding, observation.externalId) === key,
  );
  if (at >= 0) work.changes.quarantined.splice(at, 1);
}

/** The row waits as a whole from now on. */
export function beginWaiting(work: Working, binding: string, externalId: string): void {
  const key = rowKey(binding, externalId);
  endLetBe(work, key);
  work.changes.decidedRows.delete(key);
}

/** It is no more as it was when a person let it be, and is decided like any other row. */
function endLetBe({ world, changes }: Working, key: string): void {
  if (world.letBe?.has(key) === true) changes.letBe.set(key, null);
}

/** Stores a conflict; one that is no longer open leaves the open list. */
export function putConflict(work: Working, conflict: Conflict): void {
  const open = conflictsOf(work, conflict.record);
  const isKnown = open.some(({ id }) => id === conflict.id);
  // Each keeps its place, for what follows from all of them must not depend on the batch.
  const next = isKnown
    ? open.map((one) => (one.id === conflict.id ? conflict : one))
    : [...open, conflict];
  work.openConflicts.set(
    conflict.record,
    next.filter(({ state }) => state === "open"),
  );
  work.changes.conflicts.set(conflict.id, conflict);
  work.touched.add(conflict.record);
}
