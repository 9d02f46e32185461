import { LIMITS } from "../../../core/limits.ts";
import type { Position } from "../../../core/position.ts";
import type { Batch, CaptureStart, Change } from "../../connector.ts";
import type { Table } from "../catalog.ts";
import type { Server } from "../connection.ts";
import { type Load, type LoadPage, openLoad } from "./load.ts";
import { loadSlotName } from "./names.ts";

/** Changes that may wait for a load's end; with more of them the reading of the log pauses. */
const HELD_CHANGES_MAX = LIMITS.queuedChangesMax / 4;
/** Pages that are read ahead of the hub. */
const PAGES_MAX = 2;

/**
 * The objects that are read whole while the log goes on. Changes of such an object wait until
 * all its rows are told; of them those count that came after the snapshot's moment.
 *
 * The object is reported as loaded only after its held changes: until then a crash would lose
 * them, and reads it whole again instead.
 */
export class Loads {
  readonly #server: Server;
  readonly #hub: string;
  readonly #onNews: () => void;
  readonly #onFailure: (error: Error) => void;
  readonly #tables: readonly Table[];
  /** Changes up to here are in the rows that were read. */
  readonly #loadedAt = new Map<string, Position>();
  /** Behind it no object has to be asked. */
  #loadedAtMax = "";
  readonly #held = new Map<string, Change[]>();
  #heldCount = 0;
  readonly #pages: LoadPage[] = [];
  #ended: string | null = null;
  #load: Load | null = null;
  #room: (() => void) | null = null;
  #opening = new AbortController();
  #isClosed = false;

  constructor(options: {
    server: Server;
    hub: string;
    loaded: CaptureStart["objects"];
    tables: readonly Table[];
    onNews: () => void;
    onFailure: (error: Error) => void;
  }) {
    this.#server = options.server;
    this.#hub = options.hub;
    this.#onNews = options.onNews;
    this.#onFailure = options.onFailure;
    const loadedAt = new Map(options.loaded.map(({ name, loadedAt }) => [name, loadedAt]));
    this.#tables = options.tables.filter((table) => loadedAt.get(table.name) === null);
    for (const [name, position] of loadedAt) {
      if (position !== null) this.#setLoaded(name, position);
    }
    for (const table of this.#tables) this.#held.set(table.name, []);
  }

  /** No more changes can be held: the log has to wait. */
  get isFull(): boolean {
    return this.#heldCount >= HELD_CHANGES_MAX;
  }

  start(): void {
    if (this.#tables.length === 0) return;
    this.#run().catch((error: unknown) => {
      if (!this.#isClosed)
        this.#onFailure(error instanceof Error ? error : new Error(String(error)));
    });
  }

  /** Holds back what belongs to a load, and leaves out what a load has told already. */
  sort(changes: readonly Change[]): readonly Change[] {
    if (this.#held.size === 0) {
      const [first] = changes;
      if (first === undefined || first.position > this.#loadedAtMax) return changes;
    }
    const rest = changes.filter((change) => {
      const held = this.#held.get(change.object);
      if (held === undefined) return this.#isAfterLoad(change);
      held.push(change);
      this.#heldCount += 1;
      return false;
    });
    this.#askAnew();
    return rest;
  }

  /**
   * While the server keeps us waiting for a snapshot, too many changes must not gather. One that
   * is asked for from now on contains them all, so they can go.
   */
  #askAnew(): void {
    if (this.#load !== null || this.#heldCount < HELD_CHANGES_MAX) return;
    this.#heldCount = 0;
    for (const [object, held] of this.#held) {
      const kept = held.filter((change) => change.kind === "schema");
      this.#held.set(object, kept);
      this.#heldCount += kept.length;
    }
    this.#opening.abort();
  }

  /** The next batch of a load; `told` is how far the stream has been told. */
  take(told: Position): Batch | null {
    if (this.#ended !== null) return this.#takeEnd(this.#ended, told);
    const page = this.#pages.shift();
    if (page === undefined || this.#load === null) return null;
    this.#room?.();
    const { object, changes } = page;
    if (page.isLast) this.#ended = object;
    return { kind: "snapshot", object, changes, position: this.#load.position, last: false };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#opening.abort();
    this.#room?.();
    await this.#load?.close();
  }

  /** After the last row: the changes that waited, and then that the object is loaded. */
  #takeEnd(object: string, told: Position): Batch | null {
    const position = this.#loadedAt.get(object);
    if (position === undefined) return null;
    const held = this.#held.get(object) ?? [];
    this.#held.delete(object);
    this.#heldCount -= held.length;
    const changes = held.filter((change) => this.#isAfterLoad(change));
    if (changes.length > 0) return { kind: "changes", changes, position: told };
    this.#ended = null;
    return { kind: "snapshot", object, changes: [], position, last: true };
  }

  async #run(): Promise<void> {
    const load = await this.#open();
    if (load === null) return;
    if (this.#isClosed) return load.close();
    for (const table of this.#tables) this.#setLoaded(table.name, load.position);
    for await (const page of load.pages()) {
      this.#pages.push(page);
      this.#onNews();
      while (this.#pages.length >= PAGES_MAX && !this.#isClosed) await this.#waitForRoom();
      if (this.#isClosed) break;
    }
    await load.close();
  }

  /** Null when the capture is closed meanwhile. */
  async #open(): Promise<Load | null> {
    const { access } = this.#server;
    while (!this.#isClosed) {
      const { signal } = this.#opening;
      try {
        const slot = loadSlotName(this.#hub, access.database, nextLoadNumber());
        const load = await openLoad(this.#server, slot, this.#tables, signal);
        if (!signal.aborted) {
          this.#load = load;
          return load;
        }
        await load.close();
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      this.#opening = new AbortController();
    }
    return null;
  }

  #waitForRoom(): Promise<void> {
    return new Promise((resolve) => {
      this.#room = () => {
        this.#room = null;
        resolve();
      };
    });
  }

  #setLoaded(object: string, position: Position): void {
    this.#loadedAt.set(object, position);
    if (position > this.#loadedAtMax) this.#loadedAtMax = position;
  }

  #isAfterLoad(change: Change): boolean {
    const loadedAt = this.#loadedAt.get(change.object);
    return loadedAt === undefined || change.position > loadedAt || change.kind === "schema";
  }
}

let loads = 0;

function nextLoadNumber(): number {
  loads += 1;
  return loads;
}
