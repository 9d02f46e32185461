/** Wakes whoever waits for work. A call between two waits is not lost. */
export type Wake = {
  /** How often it was called: read it before looking for work, hand it to `wait` after. */
  count(): number;
  call(): void;
  /**
   * Resolves when `call` was called since `seen`, after `ms`, or when `signal` aborts.
   * @param msMin until then it may be called as it will
   */
  wait(seen: number, ms: number, signal: AbortSignal, msMin?: number): Promise<void>;
};

export function createWake(): Wake {
  let count = 0;
  const waiting = new Set<() => void>();
  return {
    count: () => count,
    call() {
      count += 1;
      for (const resolve of waiting) resolve();
    },
    async wait(seen, ms, signal, msMin = 0) {
      if (msMin > 0) await untilCalled(new Set(), Math.min(ms, msMin), signal);
      if (count !== seen || signal.aborted || ms <= msMin) return;
      await untilCalled(waiting, ms - msMin, signal);
    },
  };
}

/** @param waiting where it can be called as long as it waits */
function untilCalled(waiting: Set<() => void>, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      waiting.delete(done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    waiting.add(done);
  });
}
