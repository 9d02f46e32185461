import { Temporal } from "temporal-polyfill";

/** How far the clocks of a zone are from UTC at an instant; both in milliseconds. */
export type ZoneClock = (epochMs: number) => number;

/** From then on until the next one, clocks are so far from UTC. */
type Span = { readonly fromMs: number; readonly offsetMs: number };

/** About 25 days: so long that few are asked for, so short that few have a change in them. */
const STRETCH_MS = 2 ** 31;

/** Some hundred years: enough for all that a system has, and bounded. */
const STRETCHES_MAX = 5_000;

const CLOCKS = new Map<string, ZoneClock>();

/**
 * The clock of a zone. When its offset changes is asked of Temporal once for a stretch of time and
 * remembered, for to ask for each row takes longer than all else that is done with it.
 *
 * @throws RangeError where there is no such zone
 */
export function zoneClock(zone: string): ZoneClock {
  const known = CLOCKS.get(zone);
  if (known !== undefined) return known;
  const clock = makeClock(zone);
  CLOCKS.set(zone, clock);
  return clock;
}

function makeClock(zone: string): ZoneClock {
  const stretches = new Map<number, readonly Span[]>([[0, spansFrom(zone, 0)]]);
  return (epochMs) => {
    const stretch = Math.floor(epochMs / STRETCH_MS);
    let spans = stretches.get(stretch);
    if (spans === undefined) {
      if (stretches.size >= STRETCHES_MAX) stretches.clear();
      spans = spansFrom(zone, stretch * STRETCH_MS);
      stretches.set(stretch, spans);
    }
    return offsetIn(spans, epochMs);
  };
}

function offsetIn(spans: readonly Span[], epochMs: number): number {
  let offsetMs = 0;
  for (const span of spans) {
    if (span.fromMs > epochMs) break;
    offsetMs = span.offsetMs;
  }
  return offsetMs;
}

/** The offset at the start of a stretch, and each that it changes to. */
function spansFrom(zone: string, startMs: number): readonly Span[] {
  const start = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone);
  const spans = [spanOf(start)];
  let next = start.getTimeZoneTransition("next");
  while (next !== null && next.epochMilliseconds < startMs + STRETCH_MS) {
    spans.push(spanOf(next));
    next = next.getTimeZoneTransition("next");
  }
  return spans;
}

function spanOf({ epochMilliseconds, offsetNanoseconds }: Temporal.ZonedDateTime): Span {
  return { fromMs: epochMilliseconds, offsetMs: offsetNanoseconds / 1_000_000 };
}
