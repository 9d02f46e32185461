import { type Hub, openHub, type Sql } from "../../../db/client.ts";
import { MemorySystem } from "../../connectors/memory/system.ts";
import type { MapDocument } from "../../core/map/document.ts";
import { createIdSource } from "../../platform/ids.ts";
import { createSeededRandom } from "../../platform/random.ts";
import { DELIVERY_PARTITIONS } from "../../storage/changes.ts";
import { insertSystem, saveObjects } from "../../storage/systems.ts";
import { publishDocument } from "../acts/publish.ts";
import { runBinding } from "../acts/run-binding.ts";
import { type Dice, makeDice } from "./dice.ts";
import { CALM, STORM } from "./faults.ts";
import { type Fiber, Fibers } from "./fibers.ts";
import { checkEdits } from "./oracle/edits.ts";
import { checkPhantoms } from "./oracle/phantoms.ts";
import { checkRest } from "./oracle/rest.ts";
import { Safety } from "./oracle/safety.ts";
import { Truth } from "./oracle/truth.ts";
import { checkWrites } from "./oracle/writes.ts";
import { editRow, insertRow, type Workplace, work } from "./people.ts";
import { forgetfulness, makeScenario, type Scenario } from "./scenario.ts";
import { type SimulatedEngine, type Stage, startSimulatedEngine } from "./simulated-engine.ts";
import { approveAll, type Desk, publish, steward } from "./stewards.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

export type Outcome = {
  readonly seed: number;
  /** What is wrong; empty when the run was good. */
  readonly problems: readonly string[];
  /** What happened, as sentences. */
  readonly story: readonly string[];
  /** How much there was of it, for those who wonder what the seeds try. */
  readonly counts: Readonly<Record<string, number>>;
};

const ENGINES_MAX = 3;
const REST_ROUNDS_MAX = 80;
const QUIET_ROUNDS = 20;

/**
 * Plays one seed: people, engines and accidents for a while, then calm until everything rests.
 * @param url an empty hub of this run's own: its tables are emptied first
 */
export async function runSeed(url: string, seed: number): Promise<Outcome> {
  const hub = openHub(url, 4);
  try {
    await emptyHub(hub.sql);
    const run = await begin(hub, seed);
    const problems = await play(run);
    return { seed, problems, story: run.story, counts: run.counts };
  } finally {
    await hub.close();
  }
}

type Run = {
  readonly hub: Hub;
  readonly dice: Dice;
  readonly clock: VirtualClock;
  readonly stage: Stage;
  readonly scenario: Scenario;
  readonly places: readonly Workplace[];
  readonly desk: Desk;
  readonly truth: Truth;
  readonly safety: Safety;
  readonly engines: SimulatedEngine[];
  readonly connected: Set<string>;
  readonly story: string[];
  readonly counts: Record<string, number>;
  document: MapDocument;
};

async function emptyHub(sql: Sql): Promise<void> {
  const tables = await sql<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables
    where schemaname = 'public' order by tablename`;
  for (const { name } of tables) await sql.unsafe(`delete from ${name}`);
}

async function begin(hub: Hub, seed: number): Promise<Run> {
  const dice = makeDice(createSeededRandom(seed));
  const clock = createVirtualClock();
  const scenario = makeScenario(dice, forgetfulness(seed));
  const story: string[] = [];
  const tell = (sentence: string) => {
    story.push(`${new Date(clock.nowMs()).toISOString().slice(11, 23)} ${sentence}`);
  };
  const places = scenario.shapes.map((shape) => ({
    shape,
    system: systemOf(scenario, shape, clock),
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
    weather: STORM,
    orphans: [],
    tell,
  };
  const desk = { sql: hub.sql, acts, dice, shapes: scenario.shapes, tell };
  const run: Run = {
    hub,
    dice,
    clock,
    stage,
    scenario,
    places,
    desk,
    truth,
    safety: new Safety(hub.sql, truth),
    engines: [],
    connected: new Set(),
    story,
    counts: {},
    document: scenario.document,
  };
  await found(run);
  return run;
}

function systemOf(scenario: Scenario, shape: Scenario["shapes"][number], clock: VirtualClock) {
  return new MemorySystem({
    objects: [shape.schema],
    now: clock.stamp,
    adjust: (_object, columns) => shape.adjust(columns),
    redelivers: scenario.repeating.includes(shape.system),
    forgetsOutcomes: scenario.forgetful.includes(shape.system),
  });
}

/** Rows that were there before anybody looked, the systems, and the first version of the map. */
async function found(run: Run): Promise<void> {
  const { hub, dice, clock, places, desk, scenario, stage } = run;
  const now = new Date(clock.nowMs()).toISOString();
  await hub.sql.begin(async (tx) => {
    for (const { shape } of places) {
      const { system: id, schema } = shape;
      const none = { connector: "memory", settings: {}, secrets: null };
      await insertSystem(tx, { id, ...none, createdAt: now });
      await saveObjects(tx, id, [schema], now);
    }
  });
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

async function play(run: Run): Promise<string[]> {
  const steps = run.dice.random.integer(50, 130);
  for (let step = 0; step < steps; step += 1) {
    const problems = await takeStep(run, stormStep);
    if (problems.length > 0) return problems;
  }
  return await settle(run);
}

/** One step of the plan, and the checks that must hold after each. */
async function takeStep(run: Run, step: (run: Run) => Promise<void>): Promise<string[]> {
  try {
    await step(run);
  } catch (error) {
    return [`a step threw: ${describe(error)}`];
  }
  const bugs = run.engines.flatMap((engine) => engine.bugs());
  if (bugs.length > 0)
    return bugs.map((bug) => `an engine's task ended by a bug: ${describe(bug)}`);
  const problems = await run.safety.check();
  run.story.push(...run.safety.news);
  return problems;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.stack ?? error.message}` : String(error);
}

/** People, engines and accidents, as the seed has it. */
async function stormStep(run: Run): Promise<void> {
  const { dice, clock, stage, desk } = run;
  if (run.engines.every(({ isAlive }) => !isAlive)) return await tend(run);
  const step = dice.weigh<() => Promise<void> | void>([
    [22, () => resumeOne(run)],
    [5, () => work(dice, run.places, stage.tell)],
    [2, () => clock.turn(dice.pick([1, 10, 500, 3_000, 20_000]))],
    [1.5, () => tend(run)],
    [1.2, () => steward(desk)],
    [isInDoubt(run) ? 60 : 0, () => editInDoubt(run)],
    [0.4, () => takeLeaseAway(run)],
    [0.4, () => cut(run)],
    [0.3, () => connectLate(run)],
    [0.5, () => stage.orphans.shift()?.()],
    [0.25, () => dice.pick(run.engines).die()],
    [
      0.3,
      async () => {
        run.document = await publish(desk, run.document);
      },
    ],
  ]);
  await step?.();
  clock.turn(dice.random.integer(0, 3));
}

/** Our updates of which nobody knows the outcome. */
function doubtful({ safety }: Run) {
  const { attempts = [] } = safety.view ?? {};
  return attempts.filter(({ state, operation }) => state === "unknown" && operation === "update");
}

const isInDoubt = (run: Run): boolean => doubtful(run).length > 0;

/** Somebody edits what we may have written just now. */
function editInDoubt(run: Run): void {
  const { dice, stage, places, safety } = run;
  const { binding, link, sent } = dice.pick(doubtful(run));
  const place = places.find(({ shape }) => binding === `${shape.system}-thing`);
  const id = safety.view?.links.find((one) => one.id === link)?.external_id ?? null;
  if (place === undefined || id === null) return;
  editRow(dice, place, { id, fields: Object.keys(sent) }, stage.tell);
}

function eligible({ stage, clock }: Run): Fiber[] {
  return [...stage.fibers.all].filter(
    ({ parking }) =>
      parking !== null && (parking.kind !== "sleep" || parking.wakeAt <= clock.nowMs()),
  );
}

async function resumeOne(run: Run): Promise<void> {
  const fibers = eligible(run);
  const weight = ({ parking }: Fiber) => (parking?.kind === "stall" ? 0.5 : 1);
  const fiber = run.dice.weigh(fibers.map((one) => [weight(one), one] as const));
  if (fiber !== null) await run.stage.fibers.resume(fiber);
  else run.clock.turn(1_000);
}

/** Engines look for partitions; a dead one's leases end, and another one is started. */
async function tend(run: Run): Promise<void> {
  const { dice, stage, engines } = run;
  for (const engine of engines.filter(({ isAlive }) => !isAlive)) {
    engines.splice(engines.indexOf(engine), 1);
    await endLeases(run, engine.id);
  }
  if (engines.length === 0 || (engines.length < ENGINES_MAX && dice.chance(0.2))) {
    const number = (run.counts["engines"] ?? 0) + 1;
    run.counts["engines"] = number;
    engines.push(startSimulatedEngine(stage, `engine-${number}`, dice.random.integer(1, 1e9)));
  }
  for (const engine of dice.shuffle(engines)) {
    const countMax = engines.length === 1 ? 99 : dice.random.integer(1, 8);
    await engine.tend(wanted(run), countMax);
  }
}

function wanted({ connected }: Run): string[] {
  return [...connected].flatMap((system) => [
    `capture:${system}`,
    ...Array.from({ length: DELIVERY_PARTITIONS }, (_, part) => `deliver:${system}:${part}`),
  ]);
}

async function endLeases({ hub, clock }: Run, engine: string): Promise<void> {
  await hub.sql`
    update leases set expires_at = clock_timestamp() - interval '1 second'
    where engine = ${engine}`;
  clock.turn(10_000);
}

/** An engine was away for too long: its leases are another's, and it does not know yet. */
async function takeLeaseAway(run: Run): Promise<void> {
  const engine = run.dice.pick(run.engines);
  run.stage.tell(`${engine.id} loses its leases and does not know it.`);
  await endLeases(run, engine.id);
}

function cut(run: Run): void {
  const { shape, system } = run.dice.pick(run.places);
  run.stage.tell(`Every connection to ${shape.system} is cut.`);
  system.cut();
}

function connectLate(run: Run): void {
  const late = run.scenario.late.find((id) => !run.connected.has(id));
  if (late === undefined) return;
  run.stage.tell(`${late} is connected.`);
  run.connected.add(late);
}

/** No more edits, no more faults: everything must come to rest, agree, and stay at rest. */
async function settle(run: Run): Promise<string[]> {
  const { stage, safety, desk } = run;
  stage.tell("From here on nothing goes wrong and nobody edits any more.");
  stage.weather = CALM;
  for (const notice of stage.orphans.splice(0)) notice();
  for (const { system } of run.places) system.cut();
  for (const system of run.scenario.late) run.connected.add(system);
  const problems = await rounds(run, REST_ROUNDS_MAX, () => approveAll(desk));
  if (problems.length > 0) return problems;
  const writes = () => run.places.map(({ system }) => system.log.length).join(" ");
  const before = { writes: writes(), lines: safety.lines.length };
  const quiet = await rounds(run, -QUIET_ROUNDS, () => Promise.resolve());
  if (quiet.length > 0) return quiet;
  if (writes() !== before.writes)
    return ["something was written after everything had come to rest"];
  if (safety.lines.length !== before.lines)
    return ["the audit log grew after everything was at rest"];
  const wrong = await finalChecks(run);
  return wrong.length > 0 ? wrong : await readAllAgain(run);
}

/**
 * Who reads everything once more finds nothing that the hub did not know. A row that waits as a
 * whole, or a delivery that was not taken, is tried once more by it, and may pass today.
 */
async function readAllAgain(run: Run): Promise<string[]> {
  const { safety, desk, places, stage } = run;
  const held = safety.view?.quarantine.filter(({ state }) => state === "held") ?? [];
  if (held.some(({ kind }) => kind !== "value")) return [];
  stage.tell("Everything is read whole once more.");
  const written = () => places.map(({ system }) => system.log.length).join(" ");
  const before = { written: written(), lines: safety.lines.length };
  for (const { shape } of places) await runBinding(desk.acts, { binding: `${shape.system}-thing` });
  const problems = await rounds(run, REST_ROUNDS_MAX, () => Promise.resolve());
  if (problems.length > 0) return problems;
  if (written() !== before.written) return ["reading everything once more led to a write"];
  return safety.lines
    .slice(before.lines)
    .map(
      ({ kind, field, system }) => `reading everything once more: ${field} ${kind} in ${system}`,
    );
}

async function finalChecks(run: Run): Promise<string[]> {
  const { safety, document, places, scenario, truth } = run;
  const { view, lines } = safety;
  if (view === null) return ["nothing was looked at"];
  run.counts["records"] = view.records.size;
  run.counts["links"] = view.links.length;
  run.counts["conflicts"] = view.conflicts.length;
  run.counts["quarantine"] = view.quarantine.length;
  run.counts["lines"] = lines.length;
  return [
    ...(await safety.checkChain()),
    ...checkRest({ view, document, places, lines, truth, forgetful: scenario.forgetful }),
    ...checkEdits({ truth, view, lines, document }),
    ...checkWrites({ truth, lines, forgetful: scenario.forgetful }),
    ...checkPhantoms({ truth, view, lines, forgetful: scenario.forgetful }),
  ];
}

/**
 * Lets every fiber go on, round after round, until nothing is left to do.
 * @param countMax at most so many rounds; negative: exactly so many
 */
async function rounds(run: Run, countMax: number, each: () => Promise<void>): Promise<string[]> {
  for (let round = 0; round < Math.abs(countMax); round += 1) {
    const problems = await takeStep(run, async () => {
      await each();
      await tend(run);
      run.clock.turn(5_000);
    });
    if (problems.length > 0) return problems;
    for (const fiber of eligible(run)) {
      const found = await takeStep(run, () => run.stage.fibers.resume(fiber));
      if (found.length > 0) return found;
    }
    if (countMax > 0 && unrest(run).length === 0) return [];
  }
  if (countMax < 0) return [];
  return [`it did not come to rest in ${countMax} rounds`, ...unrest(run)];
}

/** What is still to be done; empty when everything rests. */
function unrest({ safety, places, scenario }: Run): string[] {
  const { view } = safety;
  if (view === null) return ["nothing was looked at"];
  const unread = places.flatMap(({ shape, system }) => {
    const capture = view.captures.find((one) => one.system === shape.system);
    const loaded = capture?.loaded[shape.object];
    if (loaded === undefined) return [`${shape.system} has not been read whole`];
    const place = [loaded, capture?.position ?? ""].sort().at(-1) ?? "";
    const isRead = Number.parseInt(place.slice(0, 16), 16) >= system.nextNumber;
    return isRead ? [] : [`${shape.system} was read up to ${place} only`];
  });
  const attempts = view.attempts.filter(
    ({ binding }) => !scenario.forgetful.some((system) => binding === `${system}-thing`),
  );
  const deliveries = view.deliveries.filter(({ state }) => state !== "parked");
  return [...unread, ...[...deliveries, ...attempts].map((one) => JSON.stringify(one))];
}
