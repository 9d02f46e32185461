import type { Fiber } from "./fibers.ts";
import type { Run } from "./run.ts";

/** One step of the plan, and the checks that must hold after each. */
export async function takeStep(run: Run, step: (run: Run) => Promise<void>): Promise<string[]> {
  try {
    await step(run);
  } catch (error) {
    return [`a step threw: ${describe(error)}`];
  }
  return await look(run);
}

/** What is wrong now. Whoever does several things in one step looks after each of them. */
export async function look(run: Run): Promise<string[]> {
  const bugs = run.engines.flatMap((engine) => engine.bugs());
  if (bugs.length > 0)
    return bugs.map((bug) => `an engine's task ended by a bug: ${describe(bug)}`);
  const problems = [...run.desk.problems, ...(await run.safety.check())];
  run.story.push(...run.safety.news);
  return problems;
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.stack ?? error.message}` : String(error);
}

/** Fibers that may go on now. */
export function eligible({ stage, clock, paused }: Run): Fiber[] {
  return [...stage.fibers.all].filter(
    ({ parking, owner }) =>
      !paused.has(owner) &&
      parking !== null &&
      (parking.kind !== "sleep" || parking.wakeAt <= clock.nowMs()),
  );
}
