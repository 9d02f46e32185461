import type { WorldEvent } from "../world-file.ts";
import { each, type Result, secondsOf } from "./seen.ts";
import type { PlayTold, Window } from "./windows.ts";

const SECOND = 1_000;
const HALF = SECOND / 2;
const AT_MS = 20 * SECOND;

/** So long a call takes; each half second until all is written another person does something. */
type Slow = { readonly callMs: number; readonly times: readonly number[] };

function slow(callMs: number): Slow {
  const count = (2 * callMs + 2 * SECOND) / HALF;
  return { callMs, times: Array.from({ length: count }, (_, place) => AT_MS + place * HALF) };
}

const CALLS = [1, 2, 4].map((seconds) => slow(seconds * SECOND));

const codeOf = (place: number): string => `A-${place + 1}`;
const idOf = (place: number): string => String(place + 1);
/** What the person of this place, and nobody else, sets. */
const priceOf = (place: number): string => String(200 + place);

type Target = { readonly unconditional: boolean; readonly hasLog?: true };

/** The ERP changes all prices at once, and somebody in the shop one of them each half second. */
async function editsWrittenOver(
  play: PlayTold,
  { callMs, times }: Slow,
  { unconditional, hasLog }: Target,
): Promise<number> {
  const codes = times.map((_, place) => codeOf(place));
  const changed = times.map(
    (_, place): WorldEvent => ({
      ...{ at: AT_MS, system: "erp", update: idOf(place), set: { price: "15" } },
    }),
  );
  const edited = times.map(
    (at, place): WorldEvent => ({
      ...{ at, system: "shop", update: idOf(place), set: { price: priceOf(place) } },
    }),
  );
  const result = await play({
    events: [...changed, ...edited],
    rows: {
      erp: codes.map((sku) => ({ sku, title: "Rope", price: "9.5" })),
      shop: codes.map((code) => ({ code, name: "Rope", price: "9.5" })),
    },
    traits: { callsTake: callMs, unconditional },
    reads: hasLog ? null : { every: 5 * SECOND },
  });
  return times.filter((_, place) => !isTold(result, priceOf(place))).length;
}

/** Has anything ever shown the value to the hub: a line, or a question? */
function isTold({ audit, questions }: Result, value: string): boolean {
  const lines = audit.flatMap(({ before, after, losers }) => [
    ...[before, after],
    ...(losers ?? []).map((one) => one.value),
  ]);
  const asked = questions.flatMap(({ candidates }) => candidates.map((one) => one.value));
  return [...lines, ...asked].includes(value);
}

type Made = {
  /** Rows that people made before ours was there, or before ours was refused. */
  readonly before: number;
  /** Of them those beside which ours is a second one. */
  readonly twice: number;
  /** Of these those of which a person is asked which row is meant. */
  readonly asked: number;
};

/** The ERP makes products, and people in the shop the same ones, one each half second. */
async function madeBeside(
  play: PlayTold,
  { callMs, times }: Slow,
  isUnique: boolean,
): Promise<Made> {
  const result = await play({
    events: times.flatMap((at, place): WorldEvent[] => {
      const [sku, title, price] = [codeOf(place), "Rope", "9.5"];
      return [
        { at: AT_MS, system: "erp", insert: { sku, title, price } },
        { at, system: "shop", insert: { code: sku, name: title, price } },
      ];
    }),
    rows: { erp: [], shop: [] },
    traits: { callsTake: callMs },
    reads: { every: 5 * SECOND },
    unique: isUnique ? [["code"]] : [],
  });
  const pairs = times.map((_, place) => pairOf(result, codeOf(place)));
  // Rows are numbered in the order in which they are made.
  const before = pairs.filter(
    ({ theirs, ours }) => theirs !== undefined && (ours === undefined || theirs < ours),
  );
  const twice = before.filter(({ ours }) => ours !== undefined);
  const waiting = new Set(result.held.map((one) => Number(one.external_id)));
  const asked = twice.filter(({ theirs = 0 }) => waiting.has(theirs));
  return { before: before.length, twice: twice.length, asked: asked.length };
}

type Pair = { readonly theirs: number | undefined; readonly ours: number | undefined };

/** The rows of the shop that have this code. */
function pairOf({ writes, systems }: Result, code: string): Pair {
  const changes = writes.flatMap((write) => write.changes);
  const made = new Set(changes.map((one) => (one.kind === "row" ? one.externalId : null)));
  const rows = Object.entries(systems["shop"]?.["items"] ?? {});
  const ids = rows.filter(([, row]) => row["code"] === code).map(([id]) => id);
  const numberBy = (isOurs: boolean): number | undefined =>
    ids.filter((id) => made.has(id) === isOurs).map(Number)[0];
  return { theirs: numberBy(false), ours: numberBy(true) };
}

const secondsWords = ({ callMs }: Slow): string => `calls of ${secondsOf(callMs)} s`;

async function writtenOver(play: PlayTold, one: Slow): Promise<string> {
  const blind = await editsWrittenOver(play, one, { unconditional: true });
  const logged = await editsWrittenOver(play, one, { unconditional: true, hasLog: true });
  const seeing = await editsWrittenOver(play, one, { unconditional: false });
  const others = `with a log ${logged}, with conditions ${seeing}`;
  return `${secondsWords(one)}: ${blind} of ${one.times.length} edits, ${others}`;
}

async function secondRows(play: PlayTold, one: Slow): Promise<string> {
  const { before, twice, asked } = await madeBeside(play, one, false);
  const unique = await madeBeside(play, one, true);
  const asks = `${asked} of them asked about`;
  const none = `with a unique index ${unique.twice}`;
  return `${secondsWords(one)}: ${twice} beside ${before} rows of people, ${asks}, ${none}`;
}

/** What somebody does between our looking and our writing, where no condition holds us off. */
export const BETWEEN_TWO_CALLS: readonly Window[] = [
  {
    name: "read-compare-write",
    size: "one call of a system that is asked and cannot compare; none where it can, or has a log",
    measure: async (play) => {
      const told = await each(CALLS.map((one) => () => writtenOver(play, one)));
      return `never seen, of an edit each half second: ${told}`;
    },
  },
  {
    name: "look-create",
    size: "one call of the system where no unique index refuses ours; never silent",
    measure: async (play) => {
      const told = await each(CALLS.map((one) => () => secondRows(play, one)));
      return `made twice, of a row each half second: ${told}`;
    },
  },
];
