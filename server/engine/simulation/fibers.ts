/**
 * Runs asynchronous work one piece at a time. A fiber goes on until it parks, ends or hangs; only
 * then is another one resumed. So the interleaving of all engines is the scheduler's choice alone,
 * although the work itself is ordinary asynchronous code.
 */

/** Why a fiber waits. */
export type Parking = {
  readonly label: string;
  /** yield: it may go on at any time · sleep: not before `wakeAt` · stall: held up by the plan */
  readonly kind: "yield" | "sleep" | "stall";
  /** Milliseconds of the virtual clock. */
  readonly wakeAt: number;
};

export type Fiber = {
  readonly name: string;
  /** Whose it is: an engine that dies takes its fibers with it. */
  readonly owner: string;
  /** Where it waits; null while it runs or when it has ended. */
  parking: Parking | null;
  isOver: boolean;
  /** What it ended with, when that was an error. */
  error: unknown;
};

type Turn = { readonly end: () => void; readonly ended: Promise<void> };

/**
 * A turn that takes longer waits for something that only another fiber could give: a deadlock.
 * Counted in ticks, of which a process that is stopped for a while misses all but one.
 */
const TURN_TICKS_MAX = 30;
const TICK_MS = 1_000;

export class Fibers {
  readonly all = new Set<Fiber>();
  readonly #gates = new Map<Fiber, () => void>();
  #turn: Turn | null = null;
  #current: Fiber | null = null;

  /** The fiber that runs now. */
  get current(): Fiber {
    if (this.#current === null) throw new Error("No fiber is running.");
    return this.#current;
  }

  /** Starts work and returns when it parks, ends or hangs for the first time. */
  async start(name: string, owner: string, work: () => Promise<void>): Promise<Fiber> {
    const fiber: Fiber = { name, owner, parking: null, isOver: false, error: undefined };
    this.all.add(fiber);
    await this.#run(fiber, () => {
      work()
        .catch((error: unknown) => {
          fiber.error = error ?? new Error("Something was thrown that is nothing.");
        })
        .finally(() => {
          fiber.isOver = true;
          this.all.delete(fiber);
          if (this.#current === fiber) this.#turn?.end();
        });
    });
    return fiber;
  }

  /** Lets a parked fiber go on, until it parks, ends or hangs again. */
  async resume(fiber: Fiber): Promise<void> {
    const open = this.#gates.get(fiber);
    if (open === undefined) throw new Error(`${fiber.name} does not wait.`);
    this.#gates.delete(fiber);
    fiber.parking = null;
    await this.#run(fiber, open);
  }

  /** Called by running work: waits until the scheduler resumes it. */
  park(parking: Parking): Promise<void> {
    const fiber = this.current;
    fiber.parking = parking;
    const gate = Promise.withResolvers<void>();
    this.#gates.set(fiber, gate.resolve);
    this.#turn?.end();
    return gate.promise;
  }

  /** Called by running work: it never goes on, as after the death of its process. */
  hang(): Promise<never> {
    const fiber = this.#current;
    if (fiber !== null) this.drop(fiber);
    this.#turn?.end();
    return new Promise<never>(() => undefined);
  }

  /** Forgets a fiber for good; where it waits it waits for ever. */
  drop(fiber: Fiber): void {
    this.all.delete(fiber);
    this.#gates.delete(fiber);
    fiber.parking = null;
    fiber.isOver = true;
  }

  async #run(fiber: Fiber, begin: () => void): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#turn = { end: resolve, ended: promise };
    this.#current = fiber;
    begin();
    const late = Promise.withResolvers<never>();
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
      if (ticks < TURN_TICKS_MAX) return;
      late.reject(new Error(`${fiber.name} neither ends nor waits: a deadlock.`));
    }, TICK_MS);
    try {
      await Promise.race([promise, late.promise]);
    } finally {
      clearInterval(timer);
      this.#current = null;
      this.#turn = null;
    }
  }
}
