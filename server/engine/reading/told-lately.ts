import type { Columns } from "../../core/values/field-value.ts";
import { digestOf } from "./digest.ts";

/** A row as a read shows it. */
export type Shown = {
  readonly externalId: string;
  /** Null: there is no such row. */
  readonly columns: Columns | null;
  /** When the read began, on the engine's own clock, in milliseconds. */
  readonly begunMs: number;
};

type Telling = { readonly atMs: number; readonly digest: string | null };

/**
 * Rows as they were told last, so long back as the reads of their system may show the past. A read
 * that began earlier than that after a row was told may show it as it was before.
 */
export class ToldLately {
  /** How old a state a read may show. */
  readonly staleMs: number;
  readonly #now: () => number;
  /** In the order in which they were told last. */
  readonly #told = new Map<string, Telling>();

  /** @param now on the engine's own clock, in milliseconds */
  constructor(staleMs: number, now: () => number) {
    this.staleMs = staleMs;
    this.#now = now;
  }

  /** As it is now, for a read that takes its time. */
  copy(): ToldLately {
    const copied = new ToldLately(this.staleMs, this.#now);
    for (const [key, telling] of this.#told) copied.#told.set(key, telling);
    return copied;
  }

  note(object: string, externalId: string, columns: Columns | null): void {
    if (this.staleMs === 0) return;
    const now = this.#now();
    const key = keyOf(object, externalId);
    this.#told.delete(key);
    this.#told.set(key, { atMs: now, digest: columns && digestOf(columns) });
    this.#forgetUntil(now - this.staleMs);
  }

  /** May it be what the row was before it was told last? What is as it was told is no news. */
  isPast(object: string, { externalId, columns, begunMs }: Shown): boolean {
    const last = this.#told.get(keyOf(object, externalId));
    if (last === undefined || begunMs >= last.atMs + this.staleMs) return false;
    return last.digest !== (columns && digestOf(columns));
  }

  #forgetUntil(ms: number): void {
    for (const [oldest, { atMs }] of this.#told) {
      if (atMs > ms) return;
      this.#told.delete(oldest);
    }
  }
}

const keyOf = (object: string, externalId: string): string => `${object}\n${externalId}`;
