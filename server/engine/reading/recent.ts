import { LIMITS } from "../../core/limits.ts";
import type { Columns } from "../../core/values/field-value.ts";
import { digestOf } from "./digest.ts";
import { ToldLately } from "./told-lately.ts";

/**
 * Rows as they were told last, of the stretch that is asked for again and again (DESIGN.md §6:
 * overlap window and de-duplication): what is told again as it was is no news. As large as that
 * stretch; it lives with one capture, and knows of nothing that was not committed by it.
 */
export class RecentRows {
  readonly #digests = new Map<string, Map<string, string>>();
  readonly #told = new Map<string, Set<string>>();
  /** When they were told, where reads may show the past. */
  readonly lately: ToldLately;

  constructor(lately = new ToldLately(0, () => 0)) {
    this.lately = lately;
  }

  /** A row that cannot be placed is read once more after so long. */
  get againMs(): number {
    return Math.max(LIMITS.rereadMs, this.lately.staleMs);
  }

  /** Is the row otherwise than it was told last? It is one of those that a round has told. */
  isNews(object: string, externalId: string, columns: Columns): boolean {
    const round = this.#told.get(object) ?? new Set();
    this.#told.set(object, round.add(externalId));
    return this.#of(object).get(externalId) !== digestOf(columns);
  }

  /** The row was told so, by whatever read or answer. */
  told(object: string, externalId: string, columns: Columns): void {
    this.lately.note(object, externalId, columns);
    this.#of(object).set(externalId, digestOf(columns));
  }

  /** It was told that the row is gone (null), or what it was a while ago. */
  toldOtherwise(object: string, externalId: string, columns: Columns | null): void {
    this.lately.note(object, externalId, columns);
    this.forget(object, externalId);
  }

  /** What the row is now nobody can say: the next time it is news. */
  forget(object: string, externalId: string): void {
    this.#of(object).delete(externalId);
  }

  /** All of the stretch was asked for: rows that were not in it are not asked for again. */
  endRound(object: string): void {
    const digests = this.#of(object);
    const round = this.#told.get(object);
    for (const id of [...digests.keys()]) if (round?.has(id) !== true) digests.delete(id);
    this.#told.delete(object);
  }

  #of(object: string): Map<string, string> {
    const known = this.#digests.get(object);
    if (known !== undefined) return known;
    const made = new Map<string, string>();
    this.#digests.set(object, made);
    return made;
  }
}
