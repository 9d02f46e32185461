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
};

export const NO_FAULTS: MemoryHooks = { step: () => Promise.resolve() };

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
