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

/** A list in which one item was set: made, changed or taken away. */
export type WithSet<T, Content> = {
  readonly list: T[];
  /** What it was, and where: what undoes it. */
  readonly inverse: { readonly to: Content | null; readonly at?: number };
};

/**
 * Sets the item with an id: in the place of the one that has it, else at `at`. Null takes it away.
 * @returns null where nothing is taken away
 */
export function withSet<T extends { readonly id: string }, Content extends Omit<T, "id">>(
  list: readonly T[],
  id: string,
  { to, at }: { readonly to: Content | null; readonly at?: number | undefined },
): WithSet<T, Content> | null {
  const found = list.findIndex((one) => one.id === id);
  const before = list[found];
  if (before === undefined && to === null) return null;
  const rest = before === undefined ? list : list.toSpliced(found, 1);
  // What a content needs beside the id is all that an item has.
  const item = { id, ...to } as unknown as T;
  const next = to === null ? [...rest] : withItem(rest, item, before === undefined ? at : found);
  if (before === undefined) return { list: next, inverse: { to: null } };
  const { id: _, ...was } = before;
  return { list: next, inverse: { to: was as unknown as Content, at: found } };
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
