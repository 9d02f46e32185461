import { type CanvasStore, type RowPlace, speak } from "../canvas-state.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import { isPicked, type Picks, picksWords, rowsBetween, toggled, withPicks } from "./picks.ts";

/** Says what is chosen now. */
export function setPicks(store: CanvasStore, picked: Picks, pickedFrom?: RowPlace | null): void {
  const from = pickedFrom === undefined ? {} : { pickedFrom };
  store.setState({ picked, ...from });
  speak(store, picked.length === 0 ? "Nothing is chosen." : `${picksWords(picked)} chosen.`);
}

/**
 * Shift and a press: everything from the row that was chosen before, or where the keyboard is, to
 * this one. One that is chosen is let go; a head chooses its box.
 * @param rows of the box, from top to bottom
 */
export function pickTo(store: CanvasStore, rows: readonly string[], place: RowPlace): void {
  const { picked, pickedFrom, active } = store.getState();
  if (place.row === HEADER_ANCHOR || isPicked(picked, place)) {
    setPicks(store, toggled(picked, place), place);
    return;
  }
  const from = pickedFrom ?? active;
  setPicks(store, withPicks(picked, rowsBetween(rows, from, place)), place);
}

/** Shift and an arrow: the range from where it began to the row that the keyboard came to. */
export function extendTo(
  store: CanvasStore,
  rows: readonly string[],
  way: { readonly at: RowPlace; readonly to: RowPlace },
): void {
  const { picked, pickedFrom } = store.getState();
  const isOn = pickedFrom?.node === way.to.node && picked.length > 0;
  const from = isOn ? pickedFrom : way.at;
  setPicks(store, rowsBetween(rows, from, way.to), from);
}
