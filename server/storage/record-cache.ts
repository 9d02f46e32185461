import type { LinkId, RecordId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import type { LinkState, RecordState } from "../core/reconcile/state.ts";
import { type Changes, rowKey } from "../core/reconcile/world.ts";

/** The transaction that works, and the server on which it does. */
export type Mark = {
  /** Its id, as PostgreSQL writes it into the rows that it changes. */
  readonly transaction: string;
  /** When the server was started: one that was restored counts its transactions anew. */
  readonly server: string;
};

/** A row as one transaction has left it: `version` is that transaction's id (xmin). */
type Kept<T> = { readonly state: T; readonly version: string };

type Entry = { record: Kept<RecordState> | null; readonly links: Map<LinkId, Kept<LinkState>> };

/** So many records, and whose the rows are that they have. */
type Generation = { readonly entries: Map<RecordId, Entry>; readonly rows: Map<string, RecordId> };

const newGeneration = (): Generation => ({ entries: new Map(), rows: new Map() });

/** What a transaction wrote over what it had loaded. */
export type Written = {
  readonly before: {
    readonly records: ReadonlyMap<RecordId, RecordState>;
    readonly links: ReadonlyMap<LinkId, LinkState>;
  };
  readonly changes: Pick<Changes, "records" | "links">;
};

/** What a record and its links take in memory, as measured with three links and a dozen fields. */
const RECORD_BYTES = 4_000;

/**
 * How many records an engine keeps on a machine of so much memory.
 *
 * 24 GiB => 128 849
 */
export function recordsThatFit(memoryBytes: number): number {
  const { cachedRecordsMin, cachedRecordsMax, cachedMemoryShare } = LIMITS;
  const count = Math.floor((memoryBytes * cachedMemoryShare) / RECORD_BYTES);
  return Math.min(Math.max(count, cachedRecordsMin), cachedRecordsMax);
}

/**
 * Records and links as this engine last read or wrote them. A change passes three times: when it is
 * told, when it is delivered, and when the target tells it back; only the first time its rows are
 * read whole. Nothing of it is believed unless the row in the database is of the same transaction
 * still, so what others do is never missed.
 *
 * Bounded: two generations, of which the older one is let go when the younger one is full.
 */
export class RecordCache {
  readonly #recordsMax: number;
  #young = newGeneration();
  #old = newGeneration();
  #server = "";

  /** @param recordsMax how many are kept at least; twice as many at most */
  constructor(recordsMax: number = LIMITS.cachedRecordsMin) {
    this.#recordsMax = recordsMax;
  }

  /** Forgets everything that was read from another server, or before it was started. */
  trust({ server }: Mark): void {
    if (server === this.#server) return;
    this.#server = server;
    this.#young = newGeneration();
    this.#old = newGeneration();
  }

  has(id: RecordId): boolean {
    return this.#young.entries.has(id) || this.#old.entries.has(id);
  }

  /**
   * Whose a row was when it was seen last. Nothing is believed of it: whoever loads that record
   * sees whether the row is still its own, and else looks for whose it is.
   * @param key a `rowKey`
   */
  recordAt(key: string): RecordId | undefined {
    return this.#young.rows.get(key) ?? this.#old.rows.get(key);
  }

  record(id: RecordId, version: string): RecordState | undefined {
    const kept = this.#entry(id)?.record;
    return kept?.version === version ? kept.state : undefined;
  }

  link(record: RecordId, id: LinkId, version: string): LinkState | undefined {
    const kept = this.#entry(record)?.links.get(id);
    return kept?.version === version ? kept.state : undefined;
  }

  keepRecord(state: RecordState, version: string): void {
    this.#made(state.id).record = { state, version };
  }

  keepLink(state: LinkState, version: string): void {
    const { links } = this.#made(state.record);
    const before = links.get(state.id)?.state;
    links.set(state.id, { state, version });
    const isThere = before?.externalId === state.externalId && before.state === state.state;
    if (!isThere) this.#keepRow(state);
  }

  /** The transaction has committed: its rows are as it left them. */
  keepWritten(written: readonly Written[], { transaction }: Mark): void {
    for (const { before, changes } of written) {
      for (const record of changes.records.values()) {
        const values = merged(before.records.get(record.id)?.values, record.values);
        this.keepRecord({ ...record, values }, transaction);
      }
      for (const link of changes.links.values()) {
        const was = before.links.get(link.id);
        this.keepLink(was === undefined ? link : asMerged(was, link), transaction);
      }
    }
  }

  #entry(id: RecordId): Entry | undefined {
    const young = this.#young.entries.get(id);
    if (young !== undefined) return young;
    const old = this.#old.entries.get(id);
    if (old === undefined) return undefined;
    this.#put(id, old);
    for (const { state } of old.links.values()) this.#keepRow(state);
    return old;
  }

  #made(id: RecordId): Entry {
    const known = this.#entry(id);
    if (known !== undefined) return known;
    const entry: Entry = { record: null, links: new Map() };
    this.#put(id, entry);
    return entry;
  }

  #put(id: RecordId, entry: Entry): void {
    if (this.#young.entries.size >= this.#recordsMax) {
      this.#old = this.#young;
      this.#young = newGeneration();
    }
    this.#young.entries.set(id, entry);
  }

  #keepRow({ binding, externalId, state, record }: LinkState): void {
    if (state !== "live" || externalId === null) return;
    this.#young.rows.set(rowKey(binding, externalId), record);
  }
}

function asMerged(was: LinkState, link: LinkState): LinkState {
  const columns = merged(was.columns, link.columns);
  const bases = merged(was.bases, link.bases);
  const reverts = link.reverts ?? was.reverts;
  return { ...link, columns, bases, ...(reverts === undefined ? {} : { reverts }) };
}

/** As the statements merge: what is not named stays as it was. */
function merged<T>(
  before: Readonly<Record<string, T>> | undefined,
  after: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  for (const key in before) if (after[key] === undefined) return { ...before, ...after };
  return after;
}
