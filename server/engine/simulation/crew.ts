import type { Sql } from "../../../db/client.ts";
import { DELIVERY_PARTITIONS } from "../../storage/delivery-partitions.ts";
import type { Run } from "./run.ts";
import { startSimulatedEngine } from "./simulated-engine.ts";

const ENGINES_MAX = 3;

/** Engines look for partitions; a dead one's leases end, and another one is started. */
export async function tend(run: Run): Promise<void> {
  const { dice, stage, engines } = run;
  for (const engine of engines.filter(({ isAlive }) => !isAlive)) {
    engines.splice(engines.indexOf(engine), 1);
    await endLeases(run.hub.sql, engine.id);
    run.clock.turn(10_000);
  }
  const awake = engines.filter(({ id }) => !run.paused.has(id));
  if (awake.length === 0 || (engines.length < ENGINES_MAX && dice.chance(0.2))) {
    const number = (run.counts["engines"] ?? 0) + 1;
    run.counts["engines"] = number;
    engines.push(startSimulatedEngine(stage, `engine-${number}`, dice.random.integer(1, 1e9)));
  }
  for (const engine of dice.shuffle(engines)) {
    if (run.paused.has(engine.id)) continue;
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

/** An engine has not been heard of for too long. */
export async function endLeases(sql: Sql, engine: string): Promise<void> {
  await sql`
    update leases set expires_at = clock_timestamp() - interval '1 second'
    where engine = ${engine}`;
}

/** An engine was away for too long: its leases are another's, and it does not know yet. */
export async function takeLeaseAway(run: Run): Promise<void> {
  const engine = run.dice.pick(run.engines);
  run.stage.tell(`${engine.id} loses its leases and does not know it.`);
  await endLeases(run.hub.sql, engine.id);
  run.clock.turn(10_000);
}

/**
 * An engine's process stands still, and what it held is another's by the time that it goes on: in
 * the middle of what it was doing, before it looks whether it may.
 */
export async function pauseOrGoOn(run: Run): Promise<void> {
  const { dice, engines, paused, stage } = run;
  const alive = engines.filter(({ isAlive }) => isAlive);
  const awake = alive.filter(({ id }) => !paused.has(id));
  const asleep = alive.find(({ id }) => paused.has(id))?.id;
  if (asleep !== undefined && (awake.length === 0 || dice.chance(0.6))) {
    paused.delete(asleep);
    stage.tell(`${asleep} goes on where it was.`);
    return;
  }
  if (awake.length === 0) return;
  const engine = dice.pick(awake);
  paused.add(engine.id);
  stage.tell(`${engine.id} stands still, and its leases end.`);
  await endLeases(run.hub.sql, engine.id);
  run.clock.turn(60_000);
}
