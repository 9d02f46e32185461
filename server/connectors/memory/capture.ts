import { asPosition, type Position } from "../../core/position.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { Columns } from "../../core/values/field-value.ts";
import { placeOf } from "../capture-place.ts";
import type { Batch, Capture, CaptureStart, Change } from "../connector.ts";
import { placeLost, sourceRestored } from "../place-lost.ts";
import { between, type MemoryHooks, type MemoryStep } from "./hooks.ts";
import type { LogChange } from "./overlay.ts";
import type { LogEntry, MemorySystem } from "./system.ts";

const PAGE_ROWS = 100;

/** A place in the memory log: its commit's number and the number of a change in it. */
export function memoryPosition(number: number, sequence: number): Position {
  const commit = number.toString(16).toUpperCase().padStart(16, "0");
  return asPosition(`${commit}:${String(sequence).padStart(10, "0")}`);
}

function numberOf(position: Position): number {
  return Number.parseInt(position.slice(0, 16), 16);
}

type Load = {
  readonly object: string;
  readonly position: Position;
  readonly pages: (readonly Change[])[];
  /** All rows were told; now come the changes that waited. */
  isRead: boolean;
};

/** Starts to read; a hub has one reader, so an earlier one is cut off. */
export function openMemoryCapture(
  system: MemorySystem,
  hub: string,
  hooks: MemoryHooks,
  start: CaptureStart,
): Capture {
  const acknowledged = system.slots.get(hub);
  const place = placeOf(start);
  if (place !== null) refuseLostPlace(system, acknowledged, numberOf(place));
  const first = acknowledged ?? system.nextNumber;
  system.slots.set(hub, first);
  const from = place ?? memoryPosition(first, 0);
  const { redelivers } = system.options;
  const redelivered = memoryPosition(Math.max(1, first - (redelivers ?? 0)), 0);
  const isRedelivered = redelivers !== undefined && redelivered < from;
  const opening = { told: isRedelivered ? redelivered : from, known: from };
  return new MemoryCapture(system, hub, hooks, start, opening);
}

function refuseLostPlace(
  system: MemorySystem,
  acknowledged: number | undefined,
  place: number,
): void {
  if (place > system.nextNumber) throw sourceRestored();
  if (acknowledged === undefined) throw placeLost("log", "The place was removed.");
  if (acknowledged <= place) return;
  throw placeLost("hub", "The source has told the hub of more than it knows itself.");
}

const readers = new WeakMap<MemorySystem, Map<string, MemoryCapture>>();

class MemoryCapture implements Capture {
  readonly #system: MemorySystem;
  readonly #hub: string;
  readonly #hooks: MemoryHooks;
  readonly #generation: number;
  readonly #names: ReadonlySet<string>;
  readonly #loadedAt = new Map<string, Position>();
  readonly #loads: Load[] = [];
  readonly #news: Change[] = [];
  #told: Position;
  /** Up to here the hub had committed when it opened this, acknowledged or not. */
  readonly #known: Position;
  #wasPage = false;
  #isClosed = false;

  constructor(
    system: MemorySystem,
    hub: string,
    hooks: MemoryHooks,
    start: CaptureStart,
    { told, known }: { readonly told: Position; readonly known: Position },
  ) {
    this.#system = system;
    this.#hub = hub;
    this.#hooks = hooks;
    this.#generation = system.generation;
    this.#told = told;
    this.#known = known;
    this.#names = new Set(start.objects.map((object) => object.name));
    for (const object of start.objects) this.#begin(object, told);
    const ofSystem = readers.get(system) ?? new Map<string, MemoryCapture>();
    readers.set(system, ofSystem);
    const before = ofSystem.get(hub);
    if (before !== undefined) before.#isClosed = true;
    ofSystem.set(hub, this);
  }

  async next(options: {
    countMax: number;
    waitMs: number;
    signal: AbortSignal;
  }): Promise<Batch | null> {
    if (options.signal.aborted) return null;
    return await this.#step("next", () => {
      if (this.#news.length > 0) {
        return { kind: "changes", changes: this.#news.splice(0), position: this.#told };
      }
      this.#wasPage = !this.#wasPage;
      if (this.#wasPage) return this.#takePage() ?? this.#takeChanges(options.countMax);
      return this.#takeChanges(options.countMax) ?? this.#takePage();
    });
  }

  async acknowledge(position: Position): Promise<void> {
    await this.#step("acknowledge", () => {
      if (position > this.#told) return;
      const before = this.#system.slots.get(this.#hub) ?? 0;
      this.#system.slots.set(this.#hub, Math.max(before, numberOf(position)));
    });
  }

  async lag(): Promise<{ bytes: number; seconds: number | null }> {
    return await this.#step("lag", () => {
      const slot = this.#system.slots.get(this.#hub) ?? 0;
      const acknowledged = Math.max(slot, numberOf(this.#known));
      // What concerns other objects, or was read whole, is no lag of ours.
      const entries = this.#entriesAfter(memoryPosition(acknowledged, 0));
      const bytes = entries.flatMap((entry) => this.#changesOf(entry)).length;
      return { bytes, seconds: bytes === 0 && this.#loads.length === 0 ? 0 : null };
    });
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  /** Whatever fails ends the capture, as a broken connection does: reading goes on in a new one. */
  async #step<T>(name: MemoryStep, work: () => T): Promise<T> {
    try {
      return await between(this.#hooks, name, () => {
        this.#refuseWhenDead();
        return work();
      });
    } catch (error) {
      this.#isClosed = true;
      throw error;
    }
  }

  #begin(object: CaptureStart["objects"][number], from: Position): void {
    const table = this.#system.tables.get(object.name);
    const schema = table?.schema ?? null;
    if (object.schema !== undefined && JSON.stringify(object.schema) !== JSON.stringify(schema)) {
      this.#news.push({ kind: "schema", object: object.name, schema, position: from });
    }
    if (object.loadedAt !== null) {
      this.#loadedAt.set(object.name, object.loadedAt);
      return;
    }
    const position = memoryPosition(this.#system.nextNumber, 0);
    this.#loadedAt.set(object.name, position);
    const rows = [...(table?.rows ?? new Map<string, Columns>())];
    const pages: (readonly Change[])[] = [];
    for (let start = 0; start < rows.length; start += PAGE_ROWS) {
      const page = rows.slice(start, start + PAGE_ROWS);
      pages.push(page.map(([id, columns]) => snapshotChange(object.name, id, columns, position)));
    }
    this.#loads.push({ object: object.name, position, pages, isRead: false });
  }

  #takePage(): Batch | null {
    const [load] = this.#loads;
    if (load === undefined) return null;
    const { object, position } = load;
    const page = load.pages.shift();
    if (page !== undefined)
      return { kind: "snapshot", object, changes: page, position, last: false };
    if (!load.isRead) {
      load.isRead = true;
      const waited = this.#changesBetween(position, this.#told, object);
      if (waited.length > 0) return { kind: "changes", changes: waited, position: this.#told };
    }
    this.#loads.shift();
    return { kind: "snapshot", object, changes: [], position, last: true };
  }

  #takeChanges(countMax: number): Batch | null {
    const changes: Change[] = [];
    let position = this.#told;
    for (const entry of this.#entriesAfter(position)) {
      const own = this.#changesOf(entry).filter((change) => change.position > this.#told);
      if (changes.length > 0 && changes.length + own.length > countMax) break;
      const part = own.slice(0, countMax);
      changes.push(...part.filter((change) => !this.#isLoading(change.object)));
      const last = part.at(-1);
      const isCut = part.length < own.length && last !== undefined;
      position = isCut ? last.position : memoryPosition(entry.number + 1, 0);
      if (isCut || changes.length >= countMax) break;
    }
    this.#told = position;
    return changes.length === 0 ? null : { kind: "changes", changes, position };
  }

  #entriesAfter(position: Position): readonly LogEntry[] {
    return this.#system.log.slice(numberOf(position) - 1);
  }

  /** The changes of an object that waited for its load. */
  #changesBetween(after: Position, upTo: Position, object: string): Change[] {
    return this.#entriesAfter(after)
      .flatMap((entry) => this.#changesOf(entry))
      .filter((change) => change.object === object && change.position <= upTo);
  }

  #isLoading(object: string): boolean {
    return this.#loads.some((load) => load.object === object && !load.isRead);
  }

  #isOurs(change: LogChange): boolean {
    return this.#names.has(change.object);
  }

  /** The changes of a commit, numbered, without those that a load has told. */
  #changesOf(entry: LogEntry): Change[] {
    return entry.changes.flatMap((change, place) => {
      if (!this.#isOurs(change)) return [];
      const position = memoryPosition(entry.number, place + 1);
      const loadedAt = this.#loadedAt.get(change.object);
      if (change.kind !== "schema" && loadedAt !== undefined && position <= loadedAt) return [];
      return [toChange(change, entry, position)];
    });
  }

  #refuseWhenDead(): void {
    if (!this.#isClosed && this.#generation === this.#system.generation) return;
    throw new FailureError({
      kind: "unreachable",
      detail: "The memory system cut the connection.",
    });
  }
}

function snapshotChange(
  object: string,
  externalId: string,
  columns: Columns,
  position: Position,
): Change {
  const change = { kind: "row", object, externalId, columns, operation: "snapshot" } as const;
  return { ...change, position, at: null, transaction: null };
}

function toChange(change: LogChange, entry: LogEntry, position: Position): Change {
  const { at, transaction } = entry;
  switch (change.kind) {
    case "row": {
      const { previousExternalId, ...rest } = change;
      if (previousExternalId === null) return { ...rest, position, at, transaction };
      return { ...rest, previousExternalId, position, at, transaction };
    }
    case "gone":
    case "emptied":
      return { ...change, position, at, transaction };
    case "schema":
      return { ...change, position };
  }
}
