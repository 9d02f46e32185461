import { valueText } from "../../../components/values/value-text.ts";
import type { FieldValue } from "../../../server/core/values/field-value.ts";
import type { Question } from "./conflict-filter.ts";

export type Contender = {
  readonly from: Question["candidates"][number]["from"];
  readonly value: FieldValue;
  /** When its source wrote it; null where the source has no time. */
  readonly at: string | null;
  /** The hub has it now. */
  readonly isHub: boolean;
  /**
   * Its system had it, and was written to since: the question was answered and is open again, or
   * our write went over it before anybody could decide.
   */
  readonly isPast: boolean;
};

/**
 * The contenders in one order for the whole session: systems as the map has them, then people. So
 * the same key always means the same system.
 */
export function contendersOf(
  question: Pick<Question, "candidates">,
  systems: readonly { readonly id: string }[],
): Contender[] {
  const rank = (from: string) => {
    const place = systems.findIndex(({ id }) => from === `system:${id}`);
    return place < 0 ? systems.length : place;
  };
  return question.candidates
    .map(({ from, value, at, link, position, writtenOver }) => {
      const isHub = link === null && position === undefined;
      const isPast = writtenOver === true || (link === null && !isHub);
      return { from, value, at, isHub, isPast };
    })
    .sort((a, b) => rank(a.from) - rank(b.from) || (a.from < b.from ? -1 : 1));
}

/** Whose values are others than when they were last looked at. */
export function changedSince(
  before: readonly Contender[],
  now: readonly Contender[],
): ReadonlySet<string> {
  const old = new Map(before.map(({ from, value }) => [from as string, JSON.stringify(value)]));
  return new Set(
    now
      .filter(({ from, value }) => old.get(from) !== JSON.stringify(value))
      .map(({ from }) => from),
  );
}

/** What a value is compared with where they never agreed on one: the first that reads otherwise. */
export function rivalOf(
  value: FieldValue,
  contenders: readonly Pick<Contender, "value">[],
): FieldValue | undefined {
  return contenders.find((one) => valueText(one.value) !== valueText(value))?.value;
}
