import type { WorldEvent } from "../world-file.ts";
import { delaysOf, type Edit, each, rangeOf, secondsOf } from "./seen.ts";
import type { PlayTold, Window } from "./windows.ts";

const SECOND = 1_000;
const FIRST_MS = 20 * SECOND;
/** No poll and no sweep within a run. */
const NEVER_MS = 86_400_000;

const priceOf = (atMs: number, value: string, id = "1"): WorldEvent => ({
  ...{ at: atMs, system: "shop", update: id, set: { price: value } },
});

/** Edits at every phase of a round that takes so long. */
function spread(roundMs: number, count: number): Edit[] {
  const apartMs = roundMs + 1_500;
  return Array.from({ length: count }, (_, place) => ({
    atMs: FIRST_MS + place * apartMs,
    value: String(100 + place),
  }));
}

async function polled(play: PlayTold, every: number): Promise<string> {
  const edits = spread(every, 7);
  const events = edits.map(({ atMs, value }) => priceOf(atMs, value));
  const result = await play({ events, reads: { every, sweepEvery: NEVER_MS } });
  return `polled every ${secondsOf(every)} s: ${rangeOf(delaysOf(result, edits))}`;
}

/** A value that is changed, and changed back so long after. */
async function thereAndBack(play: PlayTold, every: number, forMs: number): Promise<string> {
  const edits = spread(every, 7);
  const events = edits.flatMap(({ atMs, value }) => [
    priceOf(atMs, value),
    priceOf(atMs + forMs, "9.5"),
  ]);
  const result = await play({ events, reads: { every, sweepEvery: NEVER_MS } });
  const unseen = delaysOf(result, edits).filter((one) => one === null).length;
  return `${unseen} of ${edits.length} that stood for ${secondsOf(forMs)} s`;
}

/** Nobody hints at these edits, and nobody asks: each in a row of its own. */
async function unhinted(play: PlayTold, sweepEvery: number): Promise<string> {
  const edits = spread(13 * SECOND, 5);
  const events = edits.map(({ atMs, value }, place) => priceOf(atMs, value, String(place + 1)));
  const skus = edits.map((_, place) => `A-${place + 1}`);
  const rows = {
    erp: skus.map((sku) => ({ sku, title: "Rope", price: "9.5" })),
    shop: skus.map((code) => ({ code, name: "Rope", price: "9.5" })),
  };
  const result = await play({ events, rows, reads: { every: undefined, sweepEvery } });
  return `swept every ${secondsOf(sweepEvery)} s: ${rangeOf(delaysOf(result, edits))}`;
}

/** An edit that was begun so long before it is committed, while another row has just been told. */
async function committedLate(play: PlayTold, lateMs: number): Promise<string> {
  const atMs = FIRST_MS + 11 * SECOND;
  const late = { ...priceOf(atMs, "100"), lateBy: lateMs } as WorldEvent;
  const result = await play({
    events: [priceOf(atMs - SECOND, "50", "2"), late],
    rows: {
      erp: ["A-1", "B-2"].map((sku) => ({ sku, title: "Rope", price: "9.5" })),
      shop: ["A-1", "B-2"].map((code) => ({ code, name: "Rope", price: "9.5" })),
    },
    reads: { every: SECOND, sweepEvery: 60 * SECOND },
  });
  const delay = rangeOf(delaysOf(result, [{ atMs, value: "100" }]));
  return `${secondsOf(lateMs)} s late: ${delay}`;
}

/** Two sides edit one field so long after one another. @returns whether a person is asked */
async function isTie(play: PlayTold, stamps: number, apartMs: number): Promise<boolean> {
  const atMs = 24 * SECOND;
  const result = await play({
    events: [
      priceOf(atMs, "11"),
      { at: atMs + apartMs, system: "erp", update: "1", set: { price: "12" } },
    ],
    reads: { every: 30 * SECOND, sweepEvery: NEVER_MS, stamps },
  });
  return result.questions.some(({ reason }) => reason === "tie");
}

async function ties(play: PlayTold, stamps: number): Promise<string> {
  let tied = 0;
  for (let apartMs = SECOND; await isTie(play, stamps, apartMs); apartMs += SECOND) tied = apartMs;
  return `stamps of ${secondsOf(stamps)} s: asked up to ${secondsOf(tied)} s apart`;
}

/** What is seen late, or not at all, in a system that is asked. */
export const SEEN_LATE: readonly Window[] = [
  {
    name: "seen-by-polling",
    size: "up to the interval of asking, and the time of a read",
    measure: (play) => each([2, 5, 10].map((every) => () => polled(play, every * SECOND))),
  },
  {
    name: "changed-and-changed-back",
    size: "1 − d ÷ interval of those that stood for d are never seen",
    measure: async (play) => {
      const times = [2.5, 5, 7.5, 10.5].map((stood) => stood * SECOND);
      const told = await each(times.map((ms) => () => thereAndBack(play, 10 * SECOND, ms)));
      return `asked every 10 s, never seen: ${told}`;
    },
  },
  {
    name: "hint-lost",
    size: "up to the interval of sweeps",
    measure: (play) => each([20, 60].map((s) => () => unhinted(play, s * SECOND))),
  },
  {
    name: "committed-late",
    size: "nothing up to the overlap (10 s here); beyond it up to the interval of sweeps",
    measure: (play) =>
      each([0, 9, 10, 12, 60].map((late) => () => committedLate(play, late * SECOND))),
  },
  {
    name: "tie-of-clocks",
    size: "the grain of the stamps and the error of both clocks: a person is asked",
    measure: (play) => each([1, 4].map((grain) => () => ties(play, grain * SECOND))),
  },
];
