import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";

/** Where new ids come from. Injected, so that a run can be repeated to the letter. */
export interface IdSource {
  /** A UUID of version 7 that sorts after every one that this source gave before. */
  next(): string;
}

/** The 12 bits beside the timestamp count the ids of one millisecond. */
const COUNTER_MAX = 0xfff;

/** A millisecond starts counting somewhere in the lower half, so that there is room to count. */
const COUNTER_START_MAX = 0x7ff;

/**
 * Makes UUIDs of version 7 (RFC 9562, method 1: a counter after the timestamp).
 *
 * If the clock goes back or a millisecond is used up, the last timestamp is kept or counted on:
 * ids sort in the order in which they were made, and are at most slightly ahead of the clock.
 */
export function createIdSource(clock: Clock, random: Random): IdSource {
  let lastMs = -1;
  let counter = 0;
  return {
    next() {
      const nowMs = clock.now().getTime();
      if (nowMs > lastMs) {
        lastMs = nowMs;
        counter = random.integer(0, COUNTER_START_MAX);
      } else if (counter < COUNTER_MAX) {
        counter += 1;
      } else {
        lastMs += 1;
        counter = random.integer(0, COUNTER_START_MAX);
      }
      return formatUuid(lastMs, counter, random.bytes(8));
    },
  };
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function formatUuid(ms: number, counter: number, tail: Uint8Array): string {
  const time = ms.toString(16).padStart(12, "0");
  const count = counter.toString(16).padStart(3, "0");
  // The two highest bits of the tail are the variant, binary 10.
  let hex = HEX[((tail[0] ?? 0) & 0x3f) | 0x80] ?? "";
  for (let place = 1; place < tail.length; place += 1) hex += HEX[tail[place] ?? 0];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${hex.slice(0, 4)}-${hex.slice(4)}`;
}
