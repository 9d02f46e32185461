import path from "node:path";
import { pathToFileURL } from "node:url";
import { createSeededRandom, type Random } from "../../server/platform/random.ts";
import { checkJournal } from "../checker/check-sandbox.ts";
import type { Line } from "../checker/hub-log.ts";
import { readSandbox, type SystemRows } from "../checker/sandbox-rows.ts";
import { workOn } from "../editors/people.ts";
import { type Figure, noneOf } from "../figure.ts";
import { decideQueue } from "../stage/decide-queue.ts";
import { openSandboxStage, type SandboxStage } from "../stage/sandbox-stage.ts";
import { addressesOf, agreementFigures, settleAndCheck, verifyFigure } from "../stage/settle.ts";
import { keysOf, queueFigure, storyFigures } from "../stage/story.ts";
import { openWay, type Way } from "../stage/way.ts";
import { quietFigure } from "../stage/writes.ts";
import { makeVolume, type Volume } from "../storm/volume.ts";
import { beginWeather, endHub, type Ground } from "../storm/weather.ts";
import type { Part } from "./part.ts";

const MINUTES = 30;
const EDITS_PER_SECOND = 90;
/** 50,000 records. */
const SIZE = { products: 36_000, customers: 14_000 };
const RECORDS_SHARE_MIN = 0.1;
const VOLUME_BYTES = 4 * 1024 ** 3;
const LATER_EDITS = 600;
const QUIET_S = 60;
const ENGINES = ["engine-1", "engine-2"] as const;

/**
 * Half an hour of bad weather over 50,000 records, while people edit all three systems: processes
 * are killed, ways are cut or fall silent, the hub's disk is full, clocks jump. Then a system loses
 * the place in its log, and the hub is restored from an older backup.
 */
export const storm: Part = {
  name: "storm",
  async run(options) {
    const volume = makeVolume(VOLUME_BYTES);
    try {
      return await runOn(volume, options);
    } finally {
      volume.remove();
    }
  },
};

async function runOn(
  volume: Volume,
  { scale, seed, say }: Parameters<Part["run"]>[0],
): Promise<Figure[]> {
  const ways: Way[] = [];
  const through = async (url: string) => {
    const way = await openWay(Number(new URL(url).port));
    ways.push(way);
    return way.of(url);
  };
  const share = Math.max(RECORDS_SHARE_MIN, Math.min(1, scale));
  const stage = await openSandboxStage({
    ...{ engines: ENGINES, apart: true, hubFolder: path.join(volume.folder, "hub") },
    ...{ wayToHub: through, wayToSystems: through },
    size: {
      products: Math.round(SIZE.products * share),
      customers: Math.round(SIZE.customers * share),
    },
  });
  try {
    const [hub, systems] = ways;
    if (hub === undefined || systems === undefined) throw new Error("Both ways were opened.");
    const ground: Ground = { stage, engines: ENGINES, hub, systems, volume };
    const random = createSeededRandom(seed);
    const edits = Math.round(MINUTES * 60 * EDITS_PER_SECOND * scale);
    return [
      ...(await weather(ground, random, { edits, say })),
      ...(await jumpingClocks(stage, random, say)),
      ...(await lostPlace(stage, random, say)),
      ...(await restoredHub(ground, random, say)),
      await verifyFigure("storm", stage),
      await quietFigure("storm quiet", stage, Math.max(5, QUIET_S * scale)),
    ];
  } finally {
    await stage.stop();
    for (const way of ways) await way.close();
  }
}

type Say = (line: string) => void;

/** Edits of all phases, so that each has a number of its own. */
const made = new WeakMap<SandboxStage, number>();

async function edit(stage: SandboxStage, random: Random, edits: number) {
  const before = await readSandbox(addressesOf(stage));
  const since = Date.now();
  const people = { systems: stage.systems, random, ...(await keysOf(stage)) };
  const first = made.get(stage) ?? 0;
  made.set(stage, first + edits);
  const pace = {
    ...{ edits, editsPerSecond: EDITS_PER_SECOND, before: first },
    onEdit: () => undefined,
  };
  return { journal: await workOn(people, pace), before, since };
}

async function weather(
  ground: Ground,
  random: Random,
  { edits, say }: { edits: number; say: Say },
): Promise<Figure[]> {
  const { stage } = ground;
  const { products, customers } = stage.size;
  say(`storm: ${products + customers} records, ${edits} edits at ${EDITS_PER_SECOND} a second`);
  const sky = beginWeather(ground, random);
  const story = await edit(stage, random, edits);
  const words = await sky.end();
  const alone = `${stage.engines.endedAlone()} engines ended by themselves`;
  say(`storm: ${words}; ${alone}`);
  const asked = checkJournal(await settleAndCheck(stage), story);
  const queue = await decideQueue(stage);
  const checked = await settleAndCheck(stage);
  return [
    ...storyFigures("storm", checked, story, asked.lost),
    ...agreementFigures("storm", checked),
    queueFigure("storm", queue, checked),
  ];
}

const JUMPING_CLOCK = "accept/storm/jumping-clock.mjs";

/** The engines' clocks jump by up to an hour; those of the databases decide what is newer. */
async function jumpingClocks(stage: SandboxStage, random: Random, say: Say): Promise<Figure[]> {
  say("storm: the engines' clocks jump");
  await stage.engines.stopAll();
  const NODE_OPTIONS = `--import=${pathToFileURL(path.resolve(JUMPING_CLOCK)).href}`;
  for (const name of ENGINES) stage.engines.start(name, { NODE_OPTIONS });
  await edit(stage, random, LATER_EDITS);
  const queue = await decideAll(stage);
  const checked = await settleAndCheck(stage);
  return [
    ...agreementFigures("storm clocks", checked),
    queueFigure("storm clocks", queue, checked),
  ];
}

/** Each edit made while nobody kept the place must be found by comparing. */
async function lostPlace(stage: SandboxStage, random: Random, say: Say): Promise<Figure[]> {
  say("storm: the shop loses our place in its log");
  await stage.engines.stopAll();
  await stage.systems.shop`
    select pg_drop_replication_slot(slot_name) from pg_replication_slots
    where database = current_database() and not active`;
  const before = await readSandbox(addressesOf(stage));
  await edit(stage, random, LATER_EDITS);
  const edited = await readSandbox(addressesOf(stage));
  for (const name of ENGINES) stage.engines.start(name);
  const queue = await decideAll(stage);
  const checked = await settleAndCheck(stage);
  const after = await readSandbox(addressesOf(stage));
  return [
    noneOf("storm place", "values lost of those edited on one side alone", [
      ...overwritten({ before, edited, after }),
    ]),
    ...agreementFigures("storm place", checked),
    queueFigure("storm place", queue, checked),
  ];
}

/** What the systems held stays as it is, though the hub has forgotten how it came there. */
async function restoredHub({ stage, volume }: Ground, random: Random, say: Say): Promise<Figure[]> {
  say("storm: the hub is restored from an older backup");
  await stage.engines.stopAll();
  await endHub(stage, "SIGINT");
  const restore = volume.backUp();
  await stage.server.start();
  for (const name of ENGINES) stage.engines.start(name);
  await edit(stage, random, LATER_EDITS);
  await decideAll(stage);
  const before = await readSandbox(addressesOf(stage));
  await stage.engines.stopAll();
  await endHub(stage, "SIGINT");
  restore();
  const since = Date.now();
  await stage.server.start();
  for (const name of ENGINES) stage.engines.start(name);
  const queue = await decideAll(stage);
  const checked = await settleAndCheck(stage);
  const after = await readSandbox(addressesOf(stage));
  const byPeople = new Set(checked.log.lines.filter(isByPerson(since)).map(placeOf));
  return [
    noneOf("storm restored", "values of the systems changed by it", [
      ...differences(before, after, byPeople),
    ]),
    ...agreementFigures("storm restored", checked),
    queueFigure("storm restored", queue, checked),
  ];
}

async function decideAll(stage: SandboxStage) {
  await stage.untilIdle();
  const queue = await decideQueue(stage);
  await stage.untilIdle();
  return queue;
}

/** Lines of answers that were given after a moment. */
const isByPerson =
  (since: number) =>
  ({ kind, rule, at }: Line): boolean =>
    kind === "resolved" && rule === "person" && at >= since;

const placeOf = ({ entity, key, field }: Pick<Line, "entity" | "key" | "field">) =>
  `${entity} ${key} ${field}`;

type Look = readonly SystemRows[];

/** @param decided places of which a person was asked, and decided */
function* differences(before: Look, after: Look, decided: ReadonlySet<string>): Generator<string> {
  for (const { system, entity, key, field, value } of valuesIn(before)) {
    const now = after.find((one) => one.system === system && one.entity === entity)?.rows;
    const found = now?.get(key)?.[field];
    if (found === value || decided.has(placeOf({ entity, key, field }))) continue;
    yield `${system} ${entity} ${key} ${field}: ${value} → ${found}`;
  }
}

/** Every value of every system, the hub's left out. */
function* valuesIn(look: Look) {
  for (const { system, entity, rows } of look) {
    if (system === "hub") continue;
    for (const [key, fields] of rows) {
      for (const [field, value] of Object.entries(fields)) {
        yield { system, entity, key, field, value };
      }
    }
  }
}

/** A value that one system alone changed, in a field that all may decide, is everybody's now. */
function* overwritten(of: { before: Look; edited: Look; after: Look }): Generator<string> {
  const field = "phone";
  const phones = (look: Look, system: string) =>
    look.find((one) => one.system === system && one.entity === "customer")?.rows;
  const systems = ["erp", "shop", "crm"];
  for (const [key] of phones(of.edited, "crm") ?? []) {
    const changed = systems.flatMap((system) => {
      const value = phones(of.edited, system)?.get(key)?.[field];
      return value === phones(of.before, system)?.get(key)?.[field] ? [] : [value];
    });
    const [value] = changed;
    if (changed.length !== 1 || value === undefined) continue;
    const found = phones(of.after, "erp")?.get(key)?.[field];
    if (found !== value) yield `${key} ${field} was set to ${value} and is ${found}`;
  }
}
