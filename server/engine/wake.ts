/** Wakes whoever waits for work. A call between two waits is not lost. */
export type Wake = {
  /** How often it was called: read it before looking for work, hand it to `wait` after. */
  count(): number;
  call(): void;
  /** Resolves when `call` was called since `seen`, after `ms`, or when `signal` aborts. */
  wait(seen: number, ms: number, signal: AbortSignal): Promise<void>;
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
    wait(seen, ms, signal) {
      if (count !== seen || signal.aborted) return Promise.resolve();
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
    },
  };
}
