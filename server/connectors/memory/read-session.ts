import { present } from "../../core/assert.ts";
import type { Columns } from "../../core/values/field-value.ts";
import type { ChangedRows, ReadPace, ReadSession, Row, WriteTransaction } from "../connector.ts";
import { byStampAndId, cursorBehind, isAhead, readCursor, writeCursor } from "../stamped-cursor.ts";
import type { MemoryHooks } from "./hooks.ts";
import { MemoryReadWrite } from "./read-write.ts";
import { CommonMemorySession } from "./session.ts";
import type { MemoryReads, MemorySystem } from "./system.ts";
import type { MemoryTransaction } from "./transaction.ts";

/** So long may a change be committed after its stamp. */
const OVERLAP_MS = 10_000;

/** A hub's session with a memory system that has no log for others. */
export class MemoryReadSession extends CommonMemorySession implements ReadSession {
  readonly changes = "reads";
  readonly #reads: MemoryReads;

  constructor(system: MemorySystem, hub: string, hooks: MemoryHooks) {
    super(system, hub, hooks);
    this.#reads = present(system.options.reads, "The system is read.");
  }

  get pace(): ReadPace {
    return this.#reads.pace;
  }

  get staleMs(): number {
    const { behindMs = 0, isUndeclared } = this.#reads;
    return isUndeclared === true ? 0 : behindMs;
  }

  changed(object: string, cursor: string | null, countMax: number): Promise<ChangedRows> {
    return this.step("changed", () => {
      if (cursor === null) {
        const now = { from: this.system.clockMs - OVERLAP_MS, after: null };
        return { rows: [], hints: [], cursor: writeCursor(now), more: false };
      }
      const place = readCursor(cursor);
      const ahead = [...this.shownRows(object)]
        .map(([id, columns]) => ({ id, columns, stamp: this.#stampOf(object, id) }))
        .filter((row) => isAhead(place, row))
        .sort(byStampAndId);
      const page = ahead.slice(0, countMax);
      const isLast = page.length === ahead.length;
      const { isThin } = this.#reads;
      return {
        rows: isThin ? [] : page.map(({ id, columns }) => this.rowOf(object, id, columns)),
        hints: isThin ? page.map(({ id }) => id) : [],
        cursor: writeCursor(cursorBehind(place, page, { isLast, overlap: OVERLAP_MS })),
        more: !isLast,
      };
    });
  }

  /**
   * By page numbers, as many APIs do: a row that is deleted between two pages makes another one
   * slip through. The pages are small, so that much happens between them.
   */
  override async *readAll(object: string): AsyncGenerator<Row[]> {
    for (let page = 0; ; page += 1) {
      const rows = await this.step("readAll", () => this.rowsOf(object));
      const row = rows[page];
      if (row === undefined) return;
      yield [row];
    }
  }

  override clock(): Promise<{ offsetMs: number; errorMs: number }> {
    const { skewMs, stampMs } = this.#reads;
    return this.step("clock", () => ({ offsetMs: skewMs, errorMs: stampMs }));
  }

  protected override rowOf(object: string, externalId: string, columns: Columns): Row {
    const at = new Date(this.#stampOf(object, externalId)).toISOString();
    return { externalId, columns, at: `${at.slice(0, -1)}000Z` };
  }

  protected override writeBy(own: MemoryTransaction): WriteTransaction {
    return new MemoryReadWrite(this.system, this.hooks, own);
  }

  protected override shownRows(object: string): ReadonlyMap<string, Columns> {
    return this.#past?.rows.get(object) ?? super.shownRows(object);
  }

  #stampOf(object: string, id: string): number {
    return (this.#past?.stamps ?? this.system.stamps).get(`${object}\n${id}`) ?? 0;
  }

  get #past() {
    const { behindMs } = this.#reads;
    if (behindMs === undefined) return undefined;
    return this.system.past.at(Date.parse(this.system.now()) - behindMs);
  }
}
