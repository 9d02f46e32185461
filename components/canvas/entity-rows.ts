import type { Entity, Field, MapDocument } from "../../server/core/map/document.ts";
import { groupOf } from "../../server/core/map/groups.ts";
import { isSame } from "../../server/core/map/same.ts";
import { memberName, perWords, splitById } from "../../server/core/map/splits.ts";
import type { BulletSystem } from "../values/line-bullet.tsx";
import type { BoxGroup } from "./box-items.ts";
import { completeFields, leaderOf } from "./lens.ts";
import { type Part, partsOf } from "./parts.ts";

/** What became of something since the live version. */
export type Change = "added" | "removed" | "changed";

/** A field of the entity as its box shows it. */
export type FieldRow = {
  /** The field's id. */
  readonly id: string;
  readonly field: Field;
  /** What it is called in the box: of a field per language the language. */
  readonly label: string;
  /** Who owns it, or shares it; empty: nobody decides it. */
  readonly owners: readonly { readonly system: BulletSystem; readonly part: Part }[];
  readonly change: Change | null;
  readonly isTitle: boolean;
  readonly isKey: boolean;
  /** The name of the group that decides it with other fields. */
  readonly together: string | null;
  /** Edges that lead to it, as "binding/edge". */
  readonly edges: readonly string[];
};

/**
 * The rows of the entity's box: its fields by group, then those that the draft removes.
 * @param unmappedOnly only the fields that some bound object does not have
 */
export function entityRows(
  document: MapDocument,
  live: MapDocument | null,
  entity: Entity,
  unmappedOnly = false,
): BoxGroup<FieldRow>[] {
  const before = live?.entities.find(({ id }) => id === entity.id);
  const edges = document.bindings
    .filter((binding) => binding.entity === entity.id)
    .flatMap((binding) =>
      binding.edges.map(({ id, fields }) => ({ key: `${binding.id}/${id}`, fields })),
    );
  const keys = new Set(entity.matchKeys.flat());
  const all = entity.fields.map(
    (field): FieldRow => ({
      ...{ id: field.id, field, label: labelOf(document, entity, field) },
      owners: ownersOf(document, entity.id, field),
      change: changeOf(live, before, field),
      isTitle: entity.title === field.id,
      isKey: keys.has(field.id),
      together: groupOf(entity, field.id)?.name ?? null,
      edges: edges.filter(({ fields }) => fields.includes(field.id)).map(({ key }) => key),
    }),
  );
  const hidden = unmappedOnly ? completeFields({ document, entity }) : NONE;
  const rows = all.filter(({ id }) => !hidden.has(id));
  const shelf = ({ field }: FieldRow) => leaderOf(entity, field).group ?? "";
  const names = [...new Set(rows.map(shelf))];
  // Fields without a group come first, whatever the order of the others.
  const groups = names
    .sort((a, b) => Number(a !== "") - Number(b !== ""))
    .flatMap((name) => {
      const own = rows.filter((row) => shelf(row) === name);
      return stretches(document, entity, own).map((stretch, at) => ({
        ...{ id: `fields:${name}:${at}`, ...stretch },
        label: name === "" || at > 0 ? null : name,
      }));
    });
  const removed = unmappedOnly ? [] : removedRows(entity, before);
  return [...groups, { id: "removed", label: "Removed", rows: removed }];
}

const NONE: ReadonlySet<string> = new Set();

type Stretch = Pick<BoxGroup<FieldRow>, "rows" | "closedLabel" | "startsOpen">;

const TOGETHER = "together:";

/** Opens or closes a group of fields that are decided together, in the entity's box. */
export const togetherFold = (group: string): string => TOGETHER + group;

/** The group that such a fold is of; null for any other. */
export const groupOfFold = (fold: string): string | null =>
  fold.startsWith(TOGETHER) ? fold.slice(TOGETHER.length) : null;

/**
 * The rows as they stand, where the fields of one split, and those that are decided together, make
 * one row that opens and closes, at the place of the first of them.
 */
function stretches(
  document: MapDocument,
  entity: Entity,
  rows: readonly FieldRow[],
): (Stretch & { id?: string })[] {
  const runs: { fold: string | null; rows: FieldRow[] }[] = [];
  for (const row of rows) {
    const fold = foldOf(entity, row.field);
    const run = fold === null ? runs.at(-1) : runs.find((one) => one.fold === fold);
    if (run?.fold === fold) run.rows.push(row);
    else runs.push({ fold, rows: [row] });
  }
  return runs.map((run) => {
    const closedLabel = foldLabel(document, entity, run.rows);
    if (run.fold === null || closedLabel === null) return { rows: run.rows };
    return { id: run.fold, rows: run.rows, closedLabel, startsOpen: true };
  });
}

function foldOf(entity: Entity, { id, split }: Field): string | null {
  const group = groupOf(entity, id);
  if (group !== undefined) return togetherFold(group.id);
  return split === undefined ? null : `split:${split.of}`;
}

/** "Address · 4 fields", "Name · per Language"; null where nothing folds them. */
function foldLabel(
  document: MapDocument,
  entity: Entity,
  rows: readonly FieldRow[],
): string | null {
  const [first] = rows;
  if (first === undefined) return null;
  if (first.together !== null) {
    return `${first.together} · ${rows.length === 1 ? "1 field" : `${rows.length} fields`}`;
  }
  const split = splitById(entity, first.field.split?.of ?? "");
  return split === undefined ? null : perWords(document, split);
}

function labelOf(document: MapDocument, entity: Entity, field: Field): string {
  const split = splitById(entity, field.split?.of ?? "");
  return split === undefined ? field.name : memberName(document, split, field);
}

/** The highest tier of a field: its owner, or all that share it. */
function ownersOf(document: MapDocument, entity: string, field: Field): FieldRow["owners"] {
  const parts = [...partsOf(document, entity, field)];
  const owners = parts.filter(([, part]) => part === "owner");
  return (owners.length > 0 ? owners : parts).flatMap(([id, part]) => {
    const system = document.systems.find((one) => one.id === id);
    return system === undefined ? [] : [{ system, part }];
  });
}

function changeOf(
  live: MapDocument | null,
  before: Entity | undefined,
  field: Field,
): Change | null {
  if (live === null) return null;
  const was = before?.fields.find(({ id }) => id === field.id);
  if (was === undefined) return "added";
  return isSame(was, field) ? null : "changed";
}

function removedRows(entity: Entity, before: Entity | undefined): FieldRow[] {
  const gone = (before?.fields ?? []).filter(
    ({ id }) => !entity.fields.some((field) => field.id === id),
  );
  return gone.map((field) => ({
    ...{ id: field.id, field, label: field.name, owners: [], change: "removed" as const },
    ...{ isTitle: false, isKey: false, together: null, edges: [] },
  }));
}
