import type { LinkId, RecordId } from "../core/ids.ts";
import { LIMITS } from "../core/limits.ts";
import type { LinkState, RecordState } from "../core/reconcile/state.ts";
import type { Changes } from "../core/reconcile/world.ts";

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

/** What a transaction wrote over what it had loaded. */
export type Written = {
  readonly before: {
    readonly records: ReadonlyMap<RecordId, RecordState>;
    readonly links: ReadonlyMap<LinkId, LinkState>;
  };
  readonly changes: Pick<Changes, "records" | "links">;
};

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
  #young = new Map<RecordId, Entry>();
  #old = new Map<RecordId, Entry>();
  #server = "";

  /** @param recordsMax how many are kept at least; twice as many at most */
  constructor(recordsMax: number = LIMITS.cachedRecordsMax) {
    this.#recordsMax = recordsMax;
  }

  /** Forgets everything that was read from another server, or before it was started. */
  trust({ server }: Mark): void {
    if (server === this.#server) return;
    this.#server = server;
    this.#young.clear();
    this.#old.clear();
  }

  has(id: RecordId): boolean {
    return this.#young.has(id) || this.#old.has(id);
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
    this.#made(state.record).links.set(state.id, { state, version });
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
    const young = this.#young.get(id);
    if (young !== undefined) return young;
    const old = this.#old.get(id);
    if (old !== undefined) this.#put(id, old);
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
    if (this.#young.size >= this.#recordsMax) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, entry);
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
