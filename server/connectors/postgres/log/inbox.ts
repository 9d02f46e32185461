import { present } from "../../../core/assert.ts";
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
    const [first] = this.#units;
    if (first === undefined) return null;
    if (first.changes.length - this.#taken > countMax) return this.#takePart(first, countMax);
    const changes = this.#taken === 0 ? [...first.changes] : first.changes.slice(this.#taken);
    let end = 1;
    let bytes = first.bytes;
    let position = first.end;
    for (; end < this.#units.length; end += 1) {
      const unit = this.#units[end];
      if (unit === undefined || changes.length + unit.changes.length > countMax) break;
      for (const change of unit.changes) changes.push(change);
      bytes += unit.bytes;
      position = unit.end;
    }
    this.#units = this.#units.slice(end);
    this.#taken = 0;
    this.#changes -= changes.length;
    this.#bytes -= bytes;
    return { changes, position };
  }

  #takePart(unit: Unit, countMax: number): { changes: Change[]; position: Position } {
    const changes = unit.changes.slice(this.#taken, this.#taken + countMax);
    this.#taken += changes.length;
    this.#changes -= changes.length;
    const last = present(changes.at(-1), "A part of a unit is not empty.");
    return { changes, position: last.position };
  }
}
