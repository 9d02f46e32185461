import type { Change } from "../connectors/connector.ts";

/** An engine remembers so many of its last calls; those of before are handled like anybody's. */
const CALLS_MAX = 1_000;

/**
 * The transactions in which this engine has written lately. Only to choose when to look at their
 * events, which nobody waits for to be visible; whose they are, the hub's intents say.
 */
export class OwnCalls {
  readonly #calls = new Set<string>();

  add(system: string, transaction: string): void {
    this.#calls.add(`${system}\n${transaction}`);
    if (this.#calls.size <= CALLS_MAX) return;
    for (const oldest of this.#calls) {
      this.#calls.delete(oldest);
      return;
    }
  }

  /** Do these changes of a system tell nothing but what we wrote there ourselves? */
  areAll(system: string, changes: readonly Change[]): boolean {
    return changes.every(
      (change) =>
        (change.kind === "row" || change.kind === "gone") &&
        change.transaction !== null &&
        this.#calls.has(`${system}\n${change.transaction}`),
    );
  }
}
