import { setBack } from "./automations.ts";
import { pauseOrGoOn, takeLeaseAway, tend } from "./crew.ts";
import type { Fiber } from "./fibers.ts";
import { editRow, work } from "./people.ts";
import type { Run } from "./run.ts";
import { eligible, look } from "./step.ts";
import { publish, steward } from "./stewards.ts";
import { FAULTS, type Fault } from "./tally.ts";
import type { StepWeights } from "./theme.ts";

/** People, engines and accidents, as the seed has it. */
export async function stormStep(run: Run): Promise<void> {
  const { dice, clock, theme } = run;
  if (run.engines.every(({ isAlive }) => !isAlive)) return await tend(run);
  const acts = actsOf(run);
  const names = Object.keys(acts) as (keyof StepWeights)[];
  const weightOf = (name: keyof StepWeights) =>
    name === "doubt" && !isInDoubt(run) ? 0 : theme.steps[name];
  const name = dice.weigh(names.map((one) => [weightOf(one), one] as const));
  if (name !== null) {
    await acts[name]();
    if (isFault(name)) run.stage.tally.strike(name);
  }
  clock.turn(dice.random.integer(0, 3));
}

const isFault = (name: string): name is Fault => name in FAULTS;

function actsOf(run: Run): Record<keyof StepWeights, () => Promise<void> | void> {
  const { dice, clock, stage, desk, places, theme } = run;
  return {
    resume: () => resumeSome(run),
    work: () => {
      const act = work(dice, places, theme.acts, stage.tell);
      if (act !== null && isFault(act)) stage.tally.strike(act);
    },
    time: () => clock.turn(dice.pick([1, 10, 500, 3_000, 20_000])),
    tend: () => tend(run),
    steward: () => steward(desk),
    doubt: () => editInDoubt(run),
    leaseLost: () => takeLeaseAway(run),
    cut: () => cut(run),
    connectLate: () => connectLate(run),
    orphan: () => stage.orphans.shift()?.(),
    die: () => dice.pick(run.engines).die(),
    publish: async () => {
      run.document = await publish(desk, run.document);
    },
    automate: () => automate(run),
    pause: () => pauseOrGoOn(run),
  };
}

/** What sets values back does so now. */
export function automate({ scenario, places, stage }: Run): void {
  for (const automation of scenario.automations) setBack(automation, places, stage.tell);
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

/** Some fibers go on, one after the other: the more of them, the farther the engines come. */
async function resumeSome(run: Run): Promise<void> {
  const { dice, theme, clock, desk } = run;
  const count = theme.turnsMax === 1 ? 1 : dice.random.integer(1, theme.turnsMax);
  for (let turn = 1; turn < count; turn += 1) {
    await resumeOne(run);
    const problems = await look(run);
    if (problems.length > 0) {
      desk.problems.push(...problems.filter((one) => !desk.problems.includes(one)));
      return;
    }
    clock.turn(dice.random.integer(0, 2));
  }
  await resumeOne(run);
}

async function resumeOne(run: Run): Promise<void> {
  const fibers = eligible(run);
  const { pace } = run.theme;
  const weight = ({ parking, name }: Fiber) => {
    if (parking?.kind === "stall") return pace.stalled;
    return name.includes(" capture:") ? pace.capture : pace.delivery;
  };
  const fiber = run.dice.weigh(fibers.map((one) => [weight(one), one] as const));
  if (fiber !== null) await run.stage.fibers.resume(fiber);
  else run.clock.turn(1_000);
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
  run.stage.tally.strike("late");
  run.connected.add(late);
}
