import { type CanvasStore, type PickRange, type RowPlace, speak } from "../canvas-state.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import { isPicked, type Picks, picksWords, rowsBetween, toggled, withPicks } from "./picks.ts";

/** Picks just these, and says so. */
export function setPicks(store: CanvasStore, picked: Picks, pickRange: PickRange = null): void {
  store.setState({ picked, pickRange });
  speak(store, picked.length === 0 ? "Nothing is chosen." : `${picksWords(picked)} chosen.`);
}

/**
 * Shift and a press: everything from where the keyboard is to this row. One that is picked is let
 * go; a head picks its box.
 * @param rows of the box, from top to bottom
 */
export function pickTo(store: CanvasStore, rows: readonly string[], place: RowPlace): void {
  const { picked, active } = store.getState();
  const isSingle = place.row === HEADER_ANCHOR || isPicked(picked, place);
  const more = () => withPicks(picked, rowsBetween(rows, active, place));
  setPicks(store, isSingle ? toggled(picked, place) : more());
}

/**
 * Shift and an arrow: what was picked before, and the range from where Shift was pressed to the
 * row that the keyboard came to.
 * @param rows of the box, from top to bottom
 */
export function extendTo(
  store: CanvasStore,
  rows: readonly string[],
  { at, to }: { readonly at: RowPlace; readonly to: RowPlace },
): void {
  const { picked, pickRange } = store.getState();
  const begun = { from: rows.includes(at.row) ? at : to, before: picked };
  const range = pickRange?.from.node === to.node ? pickRange : begun;
  setPicks(store, withPicks(range.before, rowsBetween(rows, range.from, to)), range);
}
