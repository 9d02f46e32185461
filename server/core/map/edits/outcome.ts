import type { MapDocument } from "../document.ts";
import type { BreakCode } from "../integrity.ts";
import { type Place, placeWords } from "../place.ts";
import type { Edit } from "./edit.ts";

/** Why an edit cannot be made. The message is whole sentences: what, where, and the way out. */
export type Refusal = {
  readonly code: "missing" | BreakCode;
  readonly place: Place;
  readonly message: string;
};

export type EditResult =
  | {
      readonly ok: true;
      readonly document: MapDocument;
      /** Applied to the new document, gives back the old one. */
      readonly inverse: Edit;
      /** For the undo menu, a verb first: "Map ERP price to Price". */
      readonly label: string;
    }
  | { readonly ok: false; readonly refusal: Refusal };

export function applied(document: MapDocument, inverse: Edit, label: string): EditResult {
  return { ok: true, document, inverse, label };
}

/**
 * Refuses an edit of `document`.
 *
 * missing, { entity: "product" }, "is not in the map any more." =>
 * "Product is not in the map any more."
 */
export function refused(
  document: MapDocument,
  code: Refusal["code"],
  place: Place,
  predicate: string,
): EditResult {
  const message = `${placeWords(document, place)} ${predicate}`;
  return { ok: false, refusal: { code, place, message } };
}

export function isMissing(document: MapDocument, place: Place): EditResult {
  const what = "is not in this draft any more. Load the draft again and repeat the change.";
  return refused(document, "missing", place, what);
}

/**
 * Applies edits one after the other as one. Stops at the first refusal, with nothing changed.
 * @param apply how a single edit is applied
 */
export function applyAll(
  document: MapDocument,
  edits: readonly Edit[],
  label: string,
  apply: (document: MapDocument, edit: Edit) => EditResult,
): EditResult {
  const inverses: Edit[] = [];
  let current = document;
  for (const edit of edits) {
    const result = apply(current, edit);
    if (!result.ok) return result;
    current = result.document;
    inverses.push(result.inverse);
  }
  const inverse: Edit = { type: "batch", label, edits: inverses.reverse() };
  return applied(current, inverse, label);
}

/** The list with `item` put in at `at`, at the end where `at` is missing or behind it. */
export function withItem<T>(list: readonly T[], item: T, at: number | undefined): T[] {
  return list.toSpliced(Math.min(at ?? list.length, list.length), 0, item);
}

/** Takes what `changes` names over into `item`; null takes the key away. */
export function withChanges<T extends object>(item: T, changes: object): T {
  const next = new Map<string, unknown>(Object.entries(item));
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) next.delete(key);
    else if (value !== undefined) next.set(key, value);
  }
  return Object.fromEntries(next) as T;
}

/** The changes that undo `changes` on `item`: the old values, null where there was none. */
export function withoutChanges<Changes extends object>(item: object, changes: Changes): Changes {
  const old = new Map<string, unknown>(Object.entries(item));
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named.map(([key]) => [key, old.get(key) ?? null])) as Changes;
}
