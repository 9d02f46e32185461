import type { Cut } from "./cut.ts";
import type { Outcome } from "./run.ts";

/** How many runs a seed may cost. */
const RUNS_MAX = 160;

/** What a run must tell of itself to be made smaller. */
export type Failed = Pick<Outcome, "problems" | "places" | "systems">;

/** Plays a part of the failed run. */
export type PlayPart<T extends Failed> = (cut: Cut) => Promise<T>;

export type Shrunk<T extends Failed> = {
  readonly cut: Cut;
  readonly outcome: T;
  readonly runs: number;
};

/**
 * Looks for the smallest part of a failed run that still fails in the same way: fewer systems, no
 * accidents where none is needed, fewer steps.
 */
export async function shrink<T extends Failed>(failed: T, play: PlayPart<T>): Promise<Shrunk<T>> {
  const steps = failed.places.map((_, step) => step);
  const whole: Cut = { steps, calm: [], systems: failed.systems, places: failed.places };
  const search = new Search(failed, play, whole);
  for (const system of failed.systems) {
    const systems = search.best.systems.filter((one) => one !== system);
    if (systems.length > 1) await search.tryCut({ ...search.best, systems });
  }
  await search.tryCut({ ...search.best, calm: search.best.steps });
  await search.leaveOutSteps();
  await search.calmSteps();
  return { cut: search.best, outcome: search.outcome, runs: search.runs };
}

class Search<T extends Failed> {
  best: Cut;
  outcome: T;
  runs = 0;
  readonly #play: PlayPart<T>;
  readonly #kind: string;

  constructor(failed: T, play: PlayPart<T>, whole: Cut) {
    this.#play = play;
    this.#kind = kindOf(failed);
    this.best = whole;
    this.outcome = failed;
  }

  /** Keeps the cut if it fails as the whole run did. */
  async tryCut(cut: Cut): Promise<boolean> {
    if (this.runs >= RUNS_MAX) return false;
    this.runs += 1;
    const outcome = await this.#play(cut);
    if (outcome.problems.length === 0 || kindOf(outcome) !== this.#kind) return false;
    this.best = cut;
    this.outcome = outcome;
    return true;
  }

  /** Leaves out steps, in ever smaller pieces, the last ones first. */
  async leaveOutSteps(): Promise<void> {
    for (let size = half(this.best.steps); size >= 1; size = Math.floor(size / 2)) {
      for (let end = this.best.steps.length; end > 0; end -= size) {
        const steps = this.best.steps.filter((_, at) => at < end - size || at >= end);
        if (steps.length < this.best.steps.length) await this.tryCut({ ...this.best, steps });
      }
    }
  }

  /** Makes steps calm, in ever smaller pieces. */
  async calmSteps(): Promise<void> {
    const rough = () => this.best.steps.filter((step) => !this.best.calm.includes(step));
    for (let size = half(rough()); size >= 1; size = Math.floor(size / 2)) {
      const steps = rough();
      for (let from = 0; from < steps.length; from += size) {
        const calm = [...this.best.calm, ...steps.slice(from, from + size)];
        await this.tryCut({ ...this.best, calm });
      }
    }
  }
}

const half = (list: readonly unknown[]) => Math.ceil(list.length / 2);

/** What kind of failure it is: its first sentence without ids, numbers and values. */
function kindOf({ problems: [first = ""] }: Failed): string {
  return first.split("\n")[0]?.replace(/"[^"]*"|[0-9a-f-]{8,}|\d+|[A-F0-9]{16}:\d+/g, "#") ?? "";
}
