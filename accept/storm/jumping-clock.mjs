/**
 * Loaded into an engine before anything else: its wall clock jumps by up to an hour, to and fro,
 * every few seconds. What counts durations goes on as it should.
 */
const EVERY_MS = 7_000;
const JUMPS_MS = [0, 3_600_000, -3_600_000, 90_000, -45_000];

const Real = Date;
const started = performance.now();
const offset = () =>
  JUMPS_MS[Math.floor((performance.now() - started) / EVERY_MS) % JUMPS_MS.length] ?? 0;

globalThis.Date = class extends Real {
  /** @param {...any} at */
  constructor(...at) {
    // @ts-expect-error What is handed over is what the real one takes.
    super(...(at.length === 0 ? [Real.now() + offset()] : at));
  }
  static now() {
    return Real.now() + offset();
  }
};
