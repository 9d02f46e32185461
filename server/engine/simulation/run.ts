import { createHash } from "node:crypto";
import { type Hub, openHub } from "../../../db/client.ts";
import { MemorySystem } from "../../connectors/memory/system.ts";
import { LIMITS } from "../../core/limits.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { createIdSource } from "../../platform/ids.ts";
import { createSeededRandom, type RandomPlace, type SeededRandom } from "../../platform/random.ts";
import { publishDocument } from "../acts/publish.ts";
import { settle } from "./calm.ts";
import { withCounting } from "./counting.ts";
import { type Cut, withSystems } from "./cut.ts";
import { type Dice, makeDice } from "./dice.ts";
import { emptyHub, foundSystems } from "./empty-hub.ts";
import { CALM } from "./faults.ts";
import { Fibers } from "./fibers.ts";
import { Safety } from "./oracle/safety.ts";
import { Truth } from "./oracle/truth.ts";
import { insertRow } from "./people.ts";
import { makeScenario, type Scenario, unsure } from "./scenario.ts";
import { isScoped, withScope } from "./scoped.ts";
import type { SimulatedEngine, Stage } from "./simulated-engine.ts";
import { takeStep } from "./step.ts";
import type { Desk } from "./stewards.ts";
import { stormStep } from "./storm.ts";
import { Tally } from "./tally.ts";
import { type NamedTheme, type ThemeName, themeNamed, themeOf } from "./themes.ts";
import { withTogether } from "./together.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";
import type { Workplace } from "./workplace.ts";

export type Outcome = {
  readonly seed: number;
  readonly theme: ThemeName;
  /** What is wrong; empty when the run was good. */
  readonly problems: readonly string[];
  /** What happened, as sentences. */
  readonly story: readonly string[];
  /** How much there was of it, for those who wonder what the seeds try. */
  readonly counts: Readonly<Record<string, number>>;
  readonly tally: Tally;
  /** Of the story: two runs that tell the same have the same. */
  readonly digest: string;
  /** Where the dice were at the beginning of each step of the storm. */
  readonly places: readonly RandomPlace[];
  readonly systems: readonly string[];
};

export type Playing = {
  /** Another theme than the seed's own. */
  readonly theme?: ThemeName | undefined;
  /** Only a part of it. */
  readonly cut?: Cut | undefined;
  /** Some systems sync a part of their rows only; where it is left out the seed says so. */
  readonly scoped?: boolean | undefined;
};

/**
 * Plays one seed: people, engines and accidents for a while, then calm until everything rests.
 * @param url a hub of this run's own: its tables are emptied first
 */
export async function runSeed(url: string, seed: number, how: Playing = {}): Promise<Outcome> {
  const hub = openHub(url, 4);
  const theme = how.theme === undefined ? themeOf(seed) : themeNamed(how.theme);
  try {
    await emptyHub(hub.sql);
    const run = await begin(hub, seed, theme, how);
    const problems = await play(run, how.cut);
    const { story, counts, marks } = run;
    return {
      ...{ seed, problems, story, counts },
      theme: theme.name,
      tally: run.stage.tally,
      digest: createHash("sha256").update(story.join("\n")).digest("hex"),
      places: marks,
      systems: run.places.map(({ shape }) => shape.system),
    };
  } finally {
    await hub.close();
  }
}

export type Run = {
  readonly hub: Hub;
  readonly theme: NamedTheme;
  readonly dice: Dice;
  readonly clock: VirtualClock;
  readonly stage: Stage;
  readonly scenario: Scenario;
  readonly places: readonly Workplace[];
  readonly desk: Desk;
  readonly truth: Truth;
  readonly safety: Safety;
  readonly engines: SimulatedEngine[];
  /** Engines that stand still, and do not know that they have lost what they held. */
  readonly paused: Set<string>;
  readonly connected: Set<string>;
  readonly story: string[];
  readonly counts: Record<string, number>;
  readonly random: SeededRandom;
  /** Where the dice were at the beginning of each step of the storm. */
  readonly marks: RandomPlace[];
  document: MapDocument;
};

async function begin(hub: Hub, seed: number, theme: NamedTheme, how: Playing): Promise<Run> {
  const random = createSeededRandom(seed);
  const dice = makeDice(random);
  const clock = createVirtualClock();
  const { cut, scoped = isScoped(seed) } = how;
  const all = makeScenario(dice, theme);
  const inScope = scoped ? withScope(all, makeDice(createSeededRandom(seed ^ 0x5c09e))) : all;
  const whole = theme.together
    ? withTogether(inScope, makeDice(createSeededRandom(seed ^ 0x7093e)))
    : inScope;
  const counted = theme.counting ? withCounting(whole) : whole;
  const scenario = cut === undefined ? counted : withSystems(counted, cut.systems);
  const story: string[] = [];
  const tell = (sentence: string) => {
    story.push(`${new Date(clock.nowMs()).toISOString().slice(11, 23)} ${sentence}`);
  };
  const places = scenario.shapes.map((shape) => ({
    shape,
    system: systemOf(scenario, shape, clock, theme),
  }));
  const acts = {
    hub,
    clock: clock.as(() => Promise.reject(new Error("People do not sleep here."))),
    ids: createIdSource(
      clock.as(() => Promise.resolve()),
      createSeededRandom(seed ^ 0x5eed),
    ),
    person: "ana@example.com",
  };
  const truth = new Truth(places);
  const stage: Stage = {
    sql: hub.sql,
    dice,
    clock,
    fibers: new Fibers(),
    systems: new Map(places.map(({ shape, system }) => [shape.system, system])),
    weather: theme.weather,
    orphans: [],
    tally: new Tally(),
    tell,
  };
  const { parting, rereading } = theme;
  const { shapes } = scenario;
  const desk = { sql: hub.sql, acts, dice, shapes, parting, rereading, tell, problems: [] };
  const run: Run = {
    hub,
    theme,
    dice,
    clock,
    stage,
    scenario,
    places,
    desk,
    truth,
    safety: new Safety(hub.sql, truth, stage.tally, unsure(scenario)),
    engines: [],
    paused: new Set(),
    connected: new Set(),
    story,
    counts: {},
    random,
    marks: [],
    document: scenario.document,
  };
  await found(run);
  return run;
}

function systemOf(
  scenario: Scenario,
  shape: Scenario["shapes"][number],
  clock: VirtualClock,
  { patient }: NamedTheme,
) {
  const redelivers = scenario.repeating.get(shape.system);
  return new MemorySystem({
    objects: [shape.schema],
    now: clock.stamp,
    adjust: (_object, columns) => shape.adjust(columns),
    ...(redelivers === undefined ? {} : { redelivers }),
    forgetsOutcomes: scenario.forgetful.includes(shape.system),
    writesAtOnce: scenario.atOnce.includes(shape.system),
    ...(patient ? {} : { transactionMsMax: LIMITS.callTimeoutMs }),
  });
}

/** Rows that were there before anybody looked, the systems, and the first version of the map. */
async function found(run: Run): Promise<void> {
  const { hub, dice, clock, places, desk, scenario, stage } = run;
  const now = new Date(clock.nowMs()).toISOString();
  await foundSystems(
    hub.sql,
    new Map(places.map(({ shape }) => [shape.system, [shape.schema]])),
    now,
  );
  for (const place of places) {
    const count = dice.random.integer(0, 3);
    for (let rows = 0; rows < count; rows += 1) insertRow(dice, place, stage.tell);
  }
  const { document } = scenario;
  const act = { document, note: "The first", acknowledged: "all" as const };
  const outcome = await publishDocument(desk.acts, act);
  if (outcome.kind !== "published") {
    throw new Error(`The map of this seed cannot be published: ${JSON.stringify(outcome)}`);
  }
  for (const { shape } of places) {
    if (!scenario.late.includes(shape.system)) run.connected.add(shape.system);
  }
  stage.tell(`There are ${places.map(({ shape }) => shape.system).join(", ")}.`);
}

async function play(run: Run, cut: Cut | undefined): Promise<string[]> {
  const { random, dice, stage, theme, marks } = run;
  const drawn = dice.random.integer(50, 130);
  for (let step = 0; step < (cut?.places.length ?? drawn); step += 1) {
    const place = cut?.places[step];
    if (cut?.steps.includes(step) === false) continue;
    if (place !== undefined) random.goTo(place);
    marks.push(random.place());
    stage.weather = cut?.calm.includes(step) === true ? CALM : theme.weather;
    const problems = await takeStep(run, stormStep);
    if (problems.length > 0) return problems;
  }
  return await settle(run);
}
