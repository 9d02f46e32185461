/** What the engine asks of a memory system, as the simulator names it in its fault plan. */
export const MEMORY_STEPS = [
  "open",
  "check",
  "discover",
  "capture",
  "changed",
  "next",
  "acknowledge",
  "lag",
  "readByIds",
  "search",
  "readAll",
  "beginWrite",
  "write",
  "commit",
  "abort",
  "outcome",
  "clock",
  "remove",
] as const;
export type MemoryStep = (typeof MEMORY_STEPS)[number];

/**
 * Where the simulator puts its faults. It may wait, or throw a FailureError: "before" means that
 * the call never arrived, "after" that it was done and its answer lost.
 */
export type MemoryHooks = {
  step(name: MemoryStep, phase: "before" | "after"): Promise<void>;
  /** A call is on its way for so long, there or back. */
  travel(ms: number): Promise<void>;
};

export const NO_FAULTS: MemoryHooks = {
  step: () => Promise.resolve(),
  travel: () => Promise.resolve(),
};

/** A call that takes so long: what it does is done half-way. */
export async function travelling<T>(
  hooks: MemoryHooks,
  callMs: number,
  work: () => Promise<T>,
): Promise<T> {
  if (callMs === 0) return await work();
  await hooks.travel(callMs / 2);
  const result = await work();
  await hooks.travel(callMs / 2);
  return result;
}

/** Does the work between the two places of a fault. */
export async function between<T>(
  hooks: MemoryHooks,
  name: MemoryStep,
  work: () => T | Promise<T>,
): Promise<T> {
  await hooks.step(name, "before");
  const result = await work();
  await hooks.step(name, "after");
  return result;
}
