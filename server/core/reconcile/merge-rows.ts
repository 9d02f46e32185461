import type { BindingId, LinkId, RecordId } from "../ids.ts";
import { placeIn } from "./identify.ts";
import type { MergeAct } from "./merge.ts";
import type { LinkState } from "./state.ts";
import { linkOf, linksOf, type Working } from "./world.ts";

/**
 * What becomes of the second row where both records have one in an object. leave: it stays in its
 * system as it is, read and not synchronised · delete: it is deleted there, as the binding deletes
 * rows of deleted records
 */
export const SECOND_ROWS = ["leave", "delete"] as const;
export type SecondRow = (typeof SECOND_ROWS)[number];

export type MergedRow = {
  readonly link: LinkId;
  readonly binding: BindingId;
  readonly externalId: string | null;
  /** dropped: it was still to be made, and is not any more. */
  readonly end: "moves" | "left" | "deleted" | "dropped";
};

/** Where both records have a row. */
export type SecondPlace = {
  readonly binding: BindingId;
  readonly winner: string | null;
  readonly loser: string | null;
  readonly choices: readonly SecondRow[];
};

/** Why it cannot be said yet where the rows go. */
export type RowsUnsaid =
  /** Both have a row there: what becomes of the second one is to be said first. */
  | { readonly kind: "undecided"; readonly rows: readonly SecondPlace[] }
  /** The map does not delete rows there. */
  | { readonly kind: "not-deletable"; readonly binding: BindingId }
  /** A row is being made for one of them: which one it is, is known in a moment. */
  | { readonly kind: "busy"; readonly binding: BindingId };

/** Where each place of the two goes; or why that cannot be said yet. */
export function planRows(
  work: Working,
  act: MergeAct,
  underWay: ReadonlySet<LinkId>,
): readonly MergedRow[] | RowsUnsaid {
  const rows: MergedRow[] = [];
  const undecided: SecondPlace[] = [];
  for (const link of placesOf(work, act.loser)) {
    const theirs = placeIn(work, act.winner, link.binding);
    const planned =
      link.state === "live" && theirs?.state === "live"
        ? secondRow(work, link, theirs, act)
        : onlyRow(link, theirs, underWay);
    if ("kind" in planned) return planned;
    if ("choices" in planned) undecided.push(planned);
    else rows.push(...planned);
  }
  return undecided.length > 0 ? { kind: "undecided", rows: undecided } : rows;
}

function placesOf(work: Working, record: RecordId): LinkState[] {
  return linksOf(work, record).flatMap((id) => {
    const link = linkOf(work, id);
    return link?.state === "live" || link?.state === "pending" ? [link] : [];
  });
}

type Planned = readonly MergedRow[] | SecondPlace | RowsUnsaid;

function secondRow(work: Working, link: LinkState, theirs: LinkState, act: MergeAct): Planned {
  const place = secondPlace(work, link, theirs);
  const choice = act.second[link.binding];
  if (choice === undefined) return place;
  if (!place.choices.includes(choice)) return { kind: "not-deletable", binding: link.binding };
  return [rowOf(link, choice === "delete" ? "deleted" : "left")];
}

/** One of them has a row there, or neither: the other's place is not to be filled any more. */
function onlyRow(
  link: LinkState,
  theirs: LinkState | undefined,
  underWay: ReadonlySet<LinkId>,
): Planned {
  if (theirs === undefined) return [rowOf(link, "moves")];
  const dropped = link.state === "live" ? theirs : link;
  if (underWay.has(dropped.id)) return { kind: "busy", binding: link.binding };
  const along = dropped.id === link.id ? [] : [rowOf(link, "moves")];
  return [rowOf(dropped, "dropped"), ...along];
}

const rowOf = ({ id, binding, externalId }: LinkState, end: MergedRow["end"]): MergedRow => ({
  ...{ link: id, binding, externalId, end },
});

function secondPlace(work: Working, link: LinkState, theirs: LinkState): SecondPlace {
  const rules = work.world.map.bindings.get(link.binding);
  const deletes = rules?.binding.whenRecordDeleted === "delete";
  return {
    binding: link.binding,
    winner: theirs.externalId,
    loser: link.externalId,
    choices: deletes ? SECOND_ROWS : ["leave"],
  };
}
