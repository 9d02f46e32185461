import type { Batch, Change, Row } from "../../connectors/connector.ts";
import type { Position } from "../../core/position.ts";
import type { RowHint } from "../../core/row-hint.ts";
import type { AnswerEntry } from "../../storage/inbox.ts";
import { toldAt } from "./place.ts";
import type { RecentRows } from "./recent.ts";
import type { ToldLately } from "./told-lately.ts";

/** The number of a read, and how many things it has told. */
export type ToldPlace = { readonly number: string; index: number };

/** What one read has told, in its order, as changes of a log would be. */
export class Told {
  readonly #recent: RecentRows;
  readonly #place: ToldPlace;
  readonly #changes: Change[] = [];
  readonly #again: RowHint[] = [];

  /** @param number of the read, see `nextReading`; or a place in one that goes on */
  constructor(recent: RecentRows, number: string | ToldPlace) {
    this.#recent = recent;
    this.#place = typeof number === "string" ? { number, index: 0 } : number;
  }

  get number(): string {
    return this.#place.number;
  }

  get isEmpty(): boolean {
    return this.#changes.length + this.#again.length === 0;
  }

  /** What was told lately, this read included. */
  get lately(): ToldLately {
    return this.#recent.lately;
  }

  /** A row as it is now. @param isWhole it comes from a read of all rows */
  row(object: string, { externalId, columns, at = null }: Row, isWhole: boolean): void {
    // A page of a whole read tells the past.
    if (isWhole) this.#recent.toldOtherwise(object, externalId, columns);
    else this.#recent.told(object, externalId, columns);
    const operation = isWhole ? "snapshot" : "update";
    const change = { kind: "row", object, externalId, columns, operation } as const;
    // A whole read tells what is there: of whoever changed it when, only the row itself knows.
    this.#changes.push({ ...change, at, transaction: null, position: this.#next() });
  }

  /** A row that is not there, although somebody has hinted at it. */
  gone(object: string, externalId: string): void {
    this.#recent.toldOtherwise(object, externalId, null);
    const change = { kind: "gone", object, externalId, at: null, transaction: null } as const;
    this.#changes.push({ ...change, position: this.#next() });
  }

  /** What a write of ours was answered: its event. */
  answer({ object, externalId, operation, transaction, columns, readBack }: AnswerEntry): void {
    const isGone = operation === "delete";
    if (isGone) this.#recent.toldOtherwise(object, externalId, null);
    else this.#recent.told(object, externalId, columns);
    const place = { object, externalId, at: null, transaction, position: this.#next() };
    if (isGone) {
      this.#changes.push({ ...place, kind: "gone" });
      return;
    }
    const change = { ...place, kind: "row", operation: "update", columns } as const;
    this.#changes.push({ ...change, ...(readBack ? { readBack: true } : { answered: true }) });
  }

  /** A row that cannot be placed now: it is read once more. */
  again(hint: RowHint): void {
    this.#recent.forget(hint.object, hint.externalId);
    this.#again.push(hint);
  }

  /** @param done what of the inbox is told by it, and leaves it */
  changes(position: Position, done: readonly string[]): Batch {
    return { kind: "changes", changes: this.#changes, position, inbox: this.#inbox(done) };
  }

  /** A page of a whole read that began at `position`. */
  page(object: string, position: Position, next: Position, last: boolean): Batch {
    const inbox = this.#inbox([]);
    return { kind: "snapshot", object, changes: this.#changes, position, last, next, inbox };
  }

  #inbox(done: readonly string[]) {
    return { done, again: this.#again, againMs: this.#recent.againMs };
  }

  #next(): Position {
    this.#place.index += 1;
    return toldAt(this.number, this.#place.index);
  }
}
