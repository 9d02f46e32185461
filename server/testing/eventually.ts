import { setTimeout as pause } from "node:timers/promises";

/**
 * Waits until `check` no longer throws and gives its result.
 * @param withinMs after this long the last failure is thrown
 */
export async function eventually<T>(check: () => Promise<T> | T, withinMs = 20_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(25);
  }
}
