import type { Transaction } from "../../db/client.ts";
import type { LinkId, RecordId } from "../core/ids.ts";
import {
  type Conflict,
  isAside,
  type LinkState,
  type RecordState,
} from "../core/reconcile/state.ts";
import { type HeldValue, rowKey } from "../core/reconcile/world.ts";
import type { Mark, RecordCache } from "./record-cache.ts";
import { arrayParameter } from "./rows.ts";

export type LoadedRecords = {
  readonly records: Map<RecordId, RecordState>;
  readonly links: Map<LinkId, LinkState>;
  readonly linksOf: Map<RecordId, LinkId[]>;
  readonly linkAt: Map<string, LinkId>;
  /** Links of rows that have left their binding's scope, or were put away. */
  readonly leftAt: Map<string, LinkId>;
  readonly conflicts: Map<RecordId, Conflict[]>;
  readonly held: Map<RecordId, HeldValue[]>;
};

export type LoadOptions = {
  /**
   * Holds the records until the transaction ends, so that two captures decide one after the other;
   * in id order, so that they never wait for each other in a ring.
   */
  readonly lock: boolean;
  /** What need not be read again, and the transaction that asks. */
  readonly known?: Known;
  /** Of the records' links these are enough; all of them, where it is missing. */
  readonly links?: readonly LinkId[];
};

export type Known = { readonly cache: RecordCache; readonly mark: Mark };

/** Loads records with all that is decided about them. */
export async function loadRecords(
  tx: Transaction,
  ids: readonly RecordId[],
  { lock, known, links }: LoadOptions,
): Promise<LoadedRecords> {
  if (ids.length === 0) return index([], [], [], []);
  const list = arrayParameter(ids);
  const locked = lock ? readVersions(tx, list, tx`order by id for update`) : null;
  const [, rows, conflicts, held] = await Promise.all([
    locked,
    known === undefined ? readRows(tx, list) : recallRows(tx, ids, { ...known, locked, links }),
    tx<ConflictRow[]>`
      select id, kind, entity, record, field, reason, base, candidates, revision, state,
        opened_at as "openedAt"
      from conflicts where record = any(${list}::uuid[]) and state = 'open' order by id`,
    tx<(HeldValue & { record: RecordId })[]>`
      select id, record, link, field, code from quarantine
      where record = any(${list}::uuid[]) and state = 'held' and kind = 'value' order by id`,
  ]);
  return index(rows.records, rows.links, conflicts.map(toConflict), held);
}

type Rows = { readonly records: readonly RecordState[]; readonly links: readonly LinkState[] };

async function readRows(tx: Transaction, list: string): Promise<Rows> {
  const { records, links } = await readAnew(tx, list);
  return {
    records: records.map(({ version: _, ...record }) => record),
    links: links.map(({ version: _, ...link }) => link),
  };
}

type Read<T> = T & { readonly version: string };

/** @param list ids as an array literal */
async function readRecords(tx: Transaction, list: string): Promise<Read<RecordState>[]> {
  if (list === "{}") return [];
  return await tx<Read<RecordState>[]>`
    select xmin as version, id, entity, values, deleted_at as "deletedAt", merged
    from records
    where id = any(${list}::uuid[])`;
}

async function readLinks(
  tx: Transaction,
  which: ReturnType<Transaction>,
): Promise<Read<LinkState>[]> {
  return await tx<Read<LinkState>[]>`
    select xmin as version, id, record, binding, system, external_id as "externalId", incarnation,
      state, columns, bases, reverts, position, let_be as "letBe"
    from links where ${which}`;
}

type Recalling = Known & {
  readonly locked: Promise<RecordVersions> | null;
  readonly links: readonly LinkId[] | undefined;
};

/** Reads what the cache does not have, or has as it was before. */
async function recallRows(
  tx: Transaction,
  ids: readonly RecordId[],
  { cache, mark, locked, links: some }: Recalling,
): Promise<Rows> {
  cache.trust(mark);
  const known = new Set(ids.filter((id) => cache.has(id)));
  const unknown = ids.filter((id) => !known.has(id));
  const [recalled, fresh] = await Promise.all([
    recall(tx, { cache, known, locked, links: some }),
    unknown.length === 0 ? NOTHING : readAnew(tx, arrayParameter(unknown)),
  ]);
  const [recordsAnew, linksAnew] = await Promise.all([
    readRecords(tx, arrayParameter(recalled.staleRecords)),
    recalled.staleLinks.length === 0
      ? []
      : readLinks(tx, tx`id = any(${arrayParameter(recalled.staleLinks)}::uuid[])`),
  ]);
  // What this transaction wrote itself may yet change, or be undone: it is not kept.
  const { transaction } = mark;
  const records: RecordState[] = [...recalled.records];
  const links: LinkState[] = [...recalled.links];
  for (const { version, ...record } of [...fresh.records, ...recordsAnew]) {
    records.push(record);
    if (version !== transaction) cache.keepRecord(record, version);
  }
  for (const { version, ...link } of [...fresh.links, ...linksAnew]) {
    links.push(link);
    if (version !== transaction) cache.keepLink(link, version);
  }
  return { records, links };
}

type Asked = Omit<Recalling, "mark"> & { readonly known: ReadonlySet<RecordId> };

/** What of these records the cache has as it stands now, and what has changed since. */
async function recall(tx: Transaction, { cache, known, locked, links: some }: Asked) {
  if (known.size === 0) return NOTHING_RECALLED;
  const list = arrayParameter([...known]);
  const [ofRecords, ofLinks] = await Promise.all([
    locked ?? readVersions(tx, list, tx``),
    readLinkVersions(tx, list, some),
  ]);
  const records = sift(ofRecords, ([id, version]) =>
    known.has(id) ? cache.record(id, version) : null,
  );
  const links = sift(ofLinks, ([record, id, version]) =>
    known.has(record) ? cache.link(record, id, version) : null,
  );
  return {
    records: records.found,
    links: links.found,
    staleRecords: records.missing.map(([id]) => id),
    staleLinks: links.missing.map(([, id]) => id),
  };
}

const NOTHING_RECALLED = { records: [], links: [], staleRecords: [], staleLinks: [] };

/** @param find undefined for what is missing, null for what is nobody's concern */
function sift<One, Found>(all: readonly One[], find: (one: One) => Found | null | undefined) {
  const found: Found[] = [];
  const missing: One[] = [];
  for (const one of all) {
    const known = find(one);
    if (known === undefined) missing.push(one);
    else if (known !== null) found.push(known);
  }
  return { found, missing };
}

const NOTHING: {
  readonly records: readonly Read<RecordState>[];
  readonly links: readonly Read<LinkState>[];
} = { records: [], links: [] };

async function readAnew(tx: Transaction, list: string): Promise<typeof NOTHING> {
  const [records, links] = await Promise.all([
    readRecords(tx, list),
    readLinks(tx, tx`record = any(${list}::uuid[])`),
  ]);
  return { records, links };
}

type RecordVersions = readonly (readonly [RecordId, string])[];
type LinkVersions = readonly (readonly [RecordId, LinkId, string])[];

async function readVersions(
  tx: Transaction,
  list: string,
  how: ReturnType<Transaction>,
): Promise<RecordVersions> {
  if (list === "{}") return [];
  const rows = tx`select id, xmin from records where id = any(${list}::uuid[]) ${how}`.values();
  return (await rows) as unknown as RecordVersions;
}

async function readLinkVersions(
  tx: Transaction,
  ofRecords: string,
  some: readonly LinkId[] | undefined,
): Promise<LinkVersions> {
  const which =
    some === undefined
      ? tx`record = any(${ofRecords}::uuid[])`
      : tx`id = any(${arrayParameter(some)}::uuid[])`;
  const rows = tx`select record, id, xmin from links where ${which}`.values();
  return (await rows) as unknown as LinkVersions;
}

type ConflictRow = Omit<Conflict, "base"> & { base: { value?: Conflict["base"] } };

function toConflict({ base, ...row }: ConflictRow): Conflict {
  return base.value === undefined ? row : { ...row, base: base.value };
}

function index(
  records: readonly RecordState[],
  links: readonly LinkState[],
  conflicts: readonly Conflict[],
  held: readonly (HeldValue & { record: RecordId })[],
): LoadedRecords {
  const linksOf = new Map<RecordId, LinkId[]>();
  const linkAt = new Map<string, LinkId>();
  const leftAt = new Map<string, LinkId>();
  for (const link of links) {
    const siblings = linksOf.get(link.record);
    if (siblings === undefined) linksOf.set(link.record, [link.id]);
    else putInOrder(siblings, link.id);
    if (link.state === "live" && link.externalId !== null) {
      linkAt.set(rowKey(link.binding, link.externalId), link.id);
    } else if (isAside(link) && link.externalId !== null) {
      const key = rowKey(link.binding, link.externalId);
      // One that waits as deleted may have had the id before: the last one is the row's.
      const other = links.find(({ id }) => id === leftAt.get(key));
      if (other === undefined || other.incarnation < link.incarnation) leftAt.set(key, link.id);
    }
  }
  return {
    records: new Map(records.map((record) => [record.id, record])),
    links: new Map(links.map((link) => [link.id, link])),
    linksOf,
    linkAt,
    leftAt,
    conflicts: Map.groupBy(conflicts, ({ record }) => record),
    held: Map.groupBy(held, ({ record }) => record),
  };
}

/** The database gives them in any order; a decision must not depend on it. */
function putInOrder(ids: LinkId[], id: LinkId): void {
  let place = ids.length;
  while (place > 0 && (ids[place - 1] ?? "") > id) place -= 1;
  ids.splice(place, 0, id);
}
