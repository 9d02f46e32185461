import { LIMITS } from "../limits.ts";
import type { Type } from "./types.ts";
import { Exhausted, type Value } from "./value.ts";

/** Names that an expression may use, each with its type. */
export type Names = ReadonlyMap<string, Type>;

type Steps = { left: number };

/** What the names stand for in one evaluation, and how many steps it may still take. */
export class Scope {
  readonly #values: ReadonlyMap<string, Value>;
  readonly #steps: Steps;

  constructor(
    values: ReadonlyMap<string, Value>,
    steps: Steps = { left: LIMITS.expressionStepsMax },
  ) {
    this.#values = values;
    this.#steps = steps;
  }

  /** Counts what is done, so that nobody waits for an expression. */
  tick(steps = 1): void {
    this.#steps.left -= steps;
    if (this.#steps.left < 0) {
      throw new Exhausted(`It takes more than ${LIMITS.expressionStepsMax} steps.`);
    }
  }

  value(name: string): Value {
    return this.#values.get(name) ?? null;
  }

  /** The same with one more name; its steps count on. */
  with(name: string, value: Value): Scope {
    return new Scope(new Map(this.#values).set(name, value), this.#steps);
  }
}
