import type { Entity, Field, MapDocument } from "../../server/core/map/document.ts";
import { groupOf } from "../../server/core/map/groups.ts";
import { isSame } from "../../server/core/map/same.ts";
import { memberName, perWords, splitById } from "../../server/core/map/splits.ts";
import type { BulletSystem } from "../values/line-bullet.tsx";
import type { BoxGroup } from "./box-items.ts";
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

/** The rows of the entity's box: its fields by group, then those that the draft removes. */
export function entityRows(
  document: MapDocument,
  live: MapDocument | null,
  entity: Entity,
): BoxGroup<FieldRow>[] {
  const before = live?.entities.find(({ id }) => id === entity.id);
  const edges = document.bindings
    .filter((binding) => binding.entity === entity.id)
    .flatMap((binding) =>
      binding.edges.map(({ id, fields }) => ({ key: `${binding.id}/${id}`, fields })),
    );
  const keys = new Set(entity.matchKeys.flat());
  const rows = entity.fields.map(
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
  const names = [...new Set(rows.map(({ field }) => field.group ?? ""))];
  // Fields without a group come first, whatever the order of the others.
  const groups = names
    .sort((a, b) => Number(a !== "") - Number(b !== ""))
    .flatMap((name) => {
      const own = rows.filter(({ field }) => (field.group ?? "") === name);
      return stretches(document, entity, own).map((stretch, at) => ({
        ...{ id: `fields:${name}:${at}`, ...stretch },
        label: name === "" || at > 0 ? null : name,
      }));
    });
  return [...groups, { id: "removed", label: "Removed", rows: removedRows(entity, before) }];
}

type Stretch = Pick<BoxGroup<FieldRow>, "rows" | "closedLabel" | "startsOpen">;

/** The rows as they stand, where the fields of one split make one that opens and closes. */
function stretches(
  document: MapDocument,
  entity: Entity,
  rows: readonly FieldRow[],
): (Stretch & { id?: string })[] {
  const runs: FieldRow[][] = [];
  for (const row of rows) {
    const last = runs.at(-1);
    if (last !== undefined && last[0]?.field.split?.of === row.field.split?.of) last.push(row);
    else runs.push([row]);
  }
  return runs.map((run) => {
    const id = run[0]?.field.split?.of;
    const split = id === undefined ? undefined : splitById(entity, id);
    if (id === undefined || split === undefined) return { rows: run };
    const closedLabel = perWords(document, split);
    return { id: `split:${id}`, rows: run, closedLabel, startsOpen: true };
  });
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
