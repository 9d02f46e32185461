import { LIMITS } from "../../../core/limits.ts";
import type { Position } from "../../../core/position.ts";
import type { Change } from "../../connector.ts";
import type { Unit } from "./log-reader.ts";

const QUEUED_BYTES_MAX = 64 * 1024 * 1024;

/**
 * What has been read and not been asked for yet. Above its bounds the reading has to pause; it
 * goes on at half of them.
 */
export class Inbox {
  #units: Unit[] = [];
  #taken = 0;
  #changes = 0;
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#units.length === 0;
  }

  get changes(): number {
    return this.#changes;
  }

  get isFull(): boolean {
    // A part of a transaction in the making takes the other half.
    return this.#changes >= LIMITS.queuedChangesMax / 2 || this.#bytes >= QUEUED_BYTES_MAX;
  }

  get hasRoom(): boolean {
    return this.#changes <= LIMITS.queuedChangesMax / 4 && this.#bytes <= QUEUED_BYTES_MAX / 2;
  }

  /** When the oldest change that waits was committed; null when none waits. */
  get oldestAt(): string | null {
    const change = this.#units[0]?.changes[this.#taken];
    return change === undefined || change.kind === "schema" ? null : change.at;
  }

  push(unit: Unit): void {
    this.#units.push(unit);
    this.#changes += unit.changes.length;
    this.#bytes += unit.bytes;
  }

  /** At most `countMax` changes; it ends inside a unit only when that alone is longer. */
  take(countMax: number): { readonly changes: Change[]; readonly position: Position } | null {
    const changes: Change[] = [];
    let position: Position | null = null;
    let done = 0;
    for (const unit of this.#units) {
      const rest = unit.changes.length - this.#taken;
      if (changes.length > 0 && changes.length + rest > countMax) break;
      if (rest > countMax) {
        const part = unit.changes.slice(this.#taken, this.#taken + countMax);
        this.#taken += part.length;
        this.#changes -= part.length;
        const last = part.at(-1);
        return last === undefined ? null : { changes: part, position: last.position };
      }
      for (let at = this.#taken; at < unit.changes.length; at += 1) {
        const change = unit.changes[at];
        if (change !== undefined) changes.push(change);
      }
      position = unit.end;
      this.#taken = 0;
      this.#changes -= rest;
      this.#bytes -= unit.bytes;
      done += 1;
    }
    this.#units = this.#units.slice(done);
    return position === null ? null : { changes, position };
  }
}
