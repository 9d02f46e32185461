import { type Edits, MemoryRefusal, type MemorySystem } from "../../connectors/memory/system.ts";
import type { Shape } from "./shapes.ts";

/** A foreign system with the people who work in it. */
export type Workplace = { readonly shape: Shape; readonly system: MemorySystem };

export type Tell = (sentence: string) => void;

/** Somebody edits a system, which may refuse. */
export function editAs(
  who: string,
  { place, tell, what }: { place: Workplace; tell: Tell; what: string },
  act: (edits: Edits) => void,
): void {
  try {
    const isNow = place.system.edit(act);
    tell(`${who} ${what}${isNow ? "" : " (waits for an open transaction)"}.`);
  } catch (error) {
    if (!(error instanceof MemoryRefusal)) throw error;
    tell(`${who} ${what}, and is refused: ${error.message}`);
  }
}
