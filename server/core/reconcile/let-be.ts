import type { Position } from "../position.ts";
import type { Columns, FieldValue } from "../values/field-value.ts";
import { doubtedLink } from "./reused-id.ts";
import type { FieldProblem, LinkState, MappedObservation } from "./state.ts";
import { putLink, rowKey, type Working } from "./world.ts";

/**
 * What a person has let be stays so, whoever reads it again and whatever rules there are by then
 * (DESIGN.md §3, 11). It ends when what they spoke about has changed, or by a person's act.
 */

/** A row that stays as it is by a person's word, until it changes. */
export type RowLetBe = { readonly columns: Columns; readonly position: Position | null };

/** Of these problems those about whose value nobody has spoken yet. */
export function unsaid(
  { bases }: Pick<LinkState, "bases">,
  problems: readonly FieldProblem[],
): readonly FieldProblem[] {
  const isSaid = ({ field, value }: FieldProblem) => {
    const base = bases[field];
    return base?.said !== undefined && base.apart !== true && isSame(base.s, value);
  };
  return problems.some(isSaid) ? problems.filter((one) => !isSaid(one)) : problems;
}

/** Is the row, which is nobody's, still as it was when a person let it be? */
export function staysLetBe(work: Working, observation: MappedObservation): boolean {
  const { binding, externalId, columns, position } = observation;
  const key = rowKey(binding, externalId);
  const known = work.changes.letBe.get(key) ?? work.world.letBe?.get(key);
  if (known === undefined || work.changes.letBe.get(key) === null) return false;
  // Told late, it tells of the row before they looked at it.
  if (known.position !== null && position < known.position) return true;
  if (!isAsBefore(known.columns, columns)) return false;
  work.changes.letBe.set(key, { ...observation, columns: { ...known.columns, ...columns } });
  const doubted = doubtedLink(work, binding, externalId);
  // It is there: no read misses it.
  if (doubted !== undefined) putLink(work, { ...doubted, position });
  return true;
}

/**
 * To the letter, in every column that is known from then. One that another map reads since says
 * nothing of what has changed there.
 */
function isAsBefore(before: Columns, now: Columns): boolean {
  return Object.entries(now).every(
    ([name, value]) => before[name] === undefined || isSame(before[name], value),
  );
}

const isSame = (a: FieldValue | undefined, b: FieldValue | null | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
