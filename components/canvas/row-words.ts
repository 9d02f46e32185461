import type { Entity, MapDocument } from "../../server/core/map/document.ts";
import { ownerSentence } from "../../server/core/map/field-words.ts";
import { edgeWords } from "../../server/core/map/sentences.ts";
import type { FieldValue } from "../../server/core/values/field-value.ts";
import { valueText } from "../values/value-text.ts";
import type { FieldRow } from "./entity-rows.ts";
import type { RowMark } from "./flow-types.ts";
import type { ColumnRow } from "./system-rows.ts";

/** Longer values are cut where they are spoken. */
const SPOKEN_CHARACTERS_MAX = 60;

/** The name of a column's row: "price_cents, integer, key, 1999". */
export function columnName(
  row: ColumnRow,
  value: FieldValue | undefined,
  isSuggested: boolean,
): string {
  const parts = [row.id, row.type ?? "not in the system any more"];
  if (row.isKey) parts.push("key");
  if (row.fields.length === 0) parts.push("not mapped");
  if (isSuggested) parts.push("suggested, not confirmed");
  return [...parts, ...spokenValue(value)].join(", ");
}

/** The name of a field's row: "Price, decimal, owned by ERP, 19.99, 3 conflicts". */
export function fieldRowName(
  row: FieldRow,
  value: FieldValue | undefined,
  mark: RowMark | undefined,
): string {
  const { field, owners, change, together } = row;
  const parts = [field.name, field.type as string];
  if (change === "removed") return [...parts, "removed in the draft"].join(", ");
  if (owners.length > 0) parts.push(ownersWords(owners));
  if (together !== null) parts.push(`decided together as ${together}`);
  return [...parts, ...spokenValue(value), ...markWords(mark)].join(", ");
}

function ownersWords(owners: FieldRow["owners"]): string {
  const names = owners.map(({ system }) => system.name).join(" and ");
  return owners[0]?.part === "owner" ? `owned by ${names}` : `shared by ${names}`;
}

function spokenValue(value: FieldValue | undefined): string[] {
  return value === undefined ? [] : [valueText(value).slice(0, SPOKEN_CHARACTERS_MAX)];
}

/** What waits or is wrong at a row: "3 conflicts", "1 error". */
export function markWords(mark: RowMark | undefined): string[] {
  if (mark === undefined) return [];
  return [
    ...counted(mark.conflicts, "conflict"),
    ...counted(mark.held, "held value"),
    ...counted(mark.errors, "error"),
    ...counted(mark.warnings, "warning"),
  ];
}

function counted(count: number, noun: string): string[] {
  if (count === 0) return [];
  return [count === 1 ? `1 ${noun}` : `${count} ${noun}s`];
}

/** Where a column leads, in sentences: "Shop price_cents and Price, both ways." */
export function columnRelation(document: MapDocument, binding: string, column: string): string {
  const owner = document.bindings.find(({ id }) => id === binding);
  const edges = owner?.edges.filter(({ columns }) => columns.includes(column)) ?? [];
  if (owner === undefined || edges.length === 0) return "Not mapped.";
  return edges.map((edge) => `${edgeWords(document, owner, edge)}.`).join(" ");
}

/** Who decides a field and where its values come from and go to. */
export function fieldRelation(document: MapDocument, entity: Entity, field: string): string {
  const found = entity.fields.find(({ id }) => id === field);
  if (found === undefined) return "Removed in the draft.";
  const edges = document.bindings
    .filter((binding) => binding.entity === entity.id)
    .flatMap((binding) =>
      binding.edges
        .filter(({ fields }) => fields.includes(field))
        .map((edge) => `${edgeWords(document, binding, edge)}.`),
    );
  const owners = `${ownerSentence(document, entity.id, found)}.`;
  return edges.length === 0 ? `${owners} Not mapped.` : `${owners} ${edges.join(" ")}`;
}
