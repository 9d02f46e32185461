import type { MapDocument } from "../document.ts";
import type { Edit } from "../edits/edit.ts";
import type { Place } from "../place.ts";
import type { RuleKind } from "../rules.ts";

/** One thing that is brought back: what it is, in which map it is said, and into which it goes. */
export type Wanted = {
  readonly kind: RuleKind;
  readonly place: Place;
  readonly from: MapDocument;
  readonly into: MapDocument;
};

/** Why something does not come back by itself, and the way out: whole sentences. */
export type NotRestored = { readonly ok: false; readonly message: string };

/** The edits that bring it back. */
export type Restored = { readonly ok: true; readonly edits: readonly Edit[] } | NotRestored;

export const edits = (...all: readonly Edit[]): Restored => ({ ok: true, edits: all });

export const because = (message: string): NotRestored => ({ ok: false, message });

/** An item of a list by its id, with its place. */
export function itemOf<T extends { readonly id: string }>(
  list: readonly T[] = [],
  id: string | undefined,
): { readonly item: T; readonly at: number } | null {
  const at = list.findIndex((one) => one.id === id);
  const item = list[at];
  return item === undefined ? null : { item, at };
}
