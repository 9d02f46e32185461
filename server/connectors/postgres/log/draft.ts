import type { ObjectSchema } from "../../../core/map/object-schema.ts";
import type { Columns } from "../../../core/values/field-value.ts";
import type { Relation } from "./relation.ts";

/** One change in the making. Every event of a row is folded into it until it is told. */
export type Draft = {
  kind: "row" | "gone" | "emptied" | "schema";
  readonly relation: Relation;
  /** The row's key by now; for one that is gone, the key under which it was known. */
  externalId: string;
  /** The key under which the row was known before; null for one that is new. */
  origin: string | null;
  columns: Columns;
  readonly schema: ObjectSchema | null;
};

export function rowDraft(
  relation: Relation,
  externalId: string,
  columns: Columns,
  origin: string | null,
): Draft {
  return { kind: "row", relation, externalId, origin, columns, schema: null };
}

export function goneDraft(relation: Relation, externalId: string): Draft {
  return { ...rowDraft(relation, externalId, {}, externalId), kind: "gone" };
}

export function emptiedDraft(relation: Relation): Draft {
  return { ...rowDraft(relation, "", {}, null), kind: "emptied" };
}

export function schemaDraft(relation: Relation, schema: ObjectSchema | null): Draft {
  return { ...rowDraft(relation, "", {}, null), kind: "schema", schema };
}

export function keyOf(draft: Draft): string {
  return placeKey(draft.relation, draft.externalId);
}

export function placeKey(relation: Relation, externalId: string): string {
  return `${relation.oid}:${externalId}`;
}

/**
 * What is told first, because rows that are told after it stand where it stood: the gone before the
 * moved, for all keys that change do so at once. Then the rest.
 */
export type Settled = { readonly first: readonly Draft[]; readonly rest: readonly Draft[] };

/**
 * Settles which keys are gone and what has to come first, when all that will be told together is
 * known: before that a key may be left and taken any number of times. Each key that had a row ends
 * gone, or left, or present, and is told as that alone.
 */
export function settleKeys(drafts: readonly (Draft | null)[]): Settled {
  const told = drafts.filter((draft) => draft !== null);
  if (told.length < 2 || !told.some((draft) => draft.kind === "gone" || hasMoved(draft))) {
    return { first: [], rest: told };
  }
  const living = livingOf(told);
  const settled = new Set<string>();
  const places: Record<Place, Draft[]> = { taken: [], moved: [], rest: [], never: [] };
  for (const draft of told) {
    const place =
      draft.kind === "gone" ? placeOfGone(draft, living, settled) : placeOf(draft, living);
    places[place].push(draft);
  }
  return { first: [...places.taken, ...places.moved], rest: places.rest };
}

type Place = "taken" | "moved" | "rest" | "never";

/** The rows that live, by their keys, and the keys that living rows have left. */
type Living = { readonly present: ReadonlyMap<string, Draft>; readonly left: ReadonlySet<string> };

function livingOf(drafts: readonly Draft[]): Living {
  const present = new Map<string, Draft>();
  const left = new Set<string>();
  for (const draft of drafts) {
    if (draft.kind !== "row") continue;
    present.set(keyOf(draft), draft);
    if (hasMoved(draft)) left.add(originKeyOf(draft));
  }
  return { present, left };
}

function placeOfGone(draft: Draft, { present, left }: Living, settled: Set<string>): Place {
  const key = keyOf(draft);
  // The key's row lives under another one; what is gone stood there in between.
  if (settled.has(key) || left.has(key)) return "never";
  settled.add(key);
  const row = present.get(key);
  if (row === undefined) return "rest";
  if (hasMoved(row)) return "taken";
  // Deleted and present again is changed.
  row.origin = row.externalId;
  return "never";
}

/** A row that left its key comes before a new one that has it. */
function placeOf(draft: Draft, { present }: Living): Place {
  if (!hasMoved(draft)) return "rest";
  return present.get(originKeyOf(draft))?.origin === null ? "moved" : "rest";
}

function hasMoved({ origin, externalId }: Draft): boolean {
  return origin !== null && origin !== externalId;
}

function originKeyOf({ relation, origin }: Draft): string {
  return placeKey(relation, origin ?? "");
}
