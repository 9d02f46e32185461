import type { World, WorldEvent, WorldFault } from "../world-file.ts";
import type { Told } from "./asked-world.ts";
import type { Result } from "./seen.ts";
import type { PlayTold, Window } from "./windows.ts";

const SECOND = 1_000;
const AT_MS = 12 * SECOND;
/** Longer than the shop takes: it keeps "Long r". */
const LONG = "Long rope";
const CUTS = { truncates: { "items.name": 6 } };

const renamed: WorldEvent = { at: AT_MS, system: "erp", update: "1", set: { title: LONG } };
const added: WorldEvent = { at: AT_MS, system: "erp", insert: { sku: "C-3", title: LONG } };
/** Somebody edits what we may just have written. */
const meanwhile: WorldEvent = {
  ...{ at: AT_MS + 500, system: "shop", update: "1" },
  set: { name: "Hawser" },
};

const ONE = {
  erp: [{ sku: "A-1", title: "Rope", price: "9.5" }],
  shop: [{ code: "A-1", name: "Rope", price: "9.5" }],
};

/** Who is asked, and what both sides have until somebody answers. */
function wordsOf({ questions, systems }: Result): string {
  const [shop] = Object.values(systems["shop"]?.["items"] ?? {});
  const [erp] = Object.values(systems["erp"]?.["products"] ?? {});
  const words =
    ["nobody is asked", "1 question"][questions.length] ?? `${questions.length} questions`;
  return `${words}, the shop has "${shop?.["name"]}" and the ERP "${erp?.["title"]}"`;
}

async function unanswered(play: PlayTold, events: readonly WorldEvent[]): Promise<string> {
  const faults: WorldFault[] = [{ place: "write after", time: 1, do: "fail" }];
  const reads = { every: 5 * SECOND };
  return wordsOf(await play({ events: [...events], faults, traits: CUTS, rows: ONE, reads }));
}

/** The same where the shop's own log tells which transaction it was. */
async function unansweredWithLog(play: PlayTold): Promise<string> {
  const faults: WorldFault[] = [{ place: "commit after", time: 1, do: "fail" }];
  const traits = { ...CUTS, forgetsOutcomes: true };
  return wordsOf(await play({ events: [renamed], faults, traits, rows: ONE, reads: null }));
}

/** The answer does not show the row: what it has made of our write is read a moment later. */
async function readBack(play: PlayTold, events: readonly WorldEvent[]): Promise<string> {
  const reads = { silent: true, every: 5 * SECOND };
  return wordsOf(await play({ events: [...events], traits: CUTS, rows: ONE, reads }));
}

/** A create without an answer, in a shop that re-spells what it is sent. */
async function madeTwice(play: PlayTold, map: World["map"]): Promise<string> {
  const told: Told = {
    ...{ map, events: [added], rows: { erp: [], shop: [] }, traits: CUTS },
    faults: [{ place: "write after", time: 1, do: "fail" }],
    reads: { every: 5 * SECOND },
  };
  const result = await play(told);
  return `${Object.keys(result.systems["shop"]?.["items"] ?? {}).length}`;
}

const withoutKeys = (map: World["map"]): World["map"] => ({
  ...map,
  entities: map.entities.map((entity) => ({ ...entity, matchKeys: [] })),
});

/** What nobody can tell after a call that was not answered, where a system re-spells values. */
export const IN_DOUBT: readonly Window[] = [
  {
    name: "answer-lost-and-re-spelled",
    size: "one question for each such write; never silent",
    measure: async (play) => {
      const alone = await unanswered(play, [renamed]);
      const edited = await unanswered(play, [renamed, meanwhile]);
      const logged = await unansweredWithLog(play);
      return `nobody edits: ${alone}; somebody does: ${edited}; with a log: ${logged}`;
    },
  },
  {
    name: "answer-without-its-row",
    size: "one question for each write that is re-spelled; never silent",
    measure: async (play) => {
      const alone = await readBack(play, [renamed]);
      const edited = await readBack(play, [renamed, meanwhile]);
      return `nobody edits: ${alone}; somebody does: ${edited}`;
    },
  },
  {
    name: "create-lost-without-a-key",
    size: "one row more for each create without an answer that is re-spelled",
    measure: async (play, { map }) => {
      const [keyed, keyless] = [
        await madeTwice(play, map),
        await madeTwice(play, withoutKeys(map)),
      ];
      return `rows for one record: ${keyed} with a match key, ${keyless} without`;
    },
  },
];
