import { fitOf } from "../checks/fits.ts";
import type { Binding, Edge, MapDocument } from "../document.ts";
import { list } from "../field-words.ts";
import type { ColumnSchema, ObjectSchema } from "../object-schema.ts";
import { fieldName, systemName } from "../place.ts";
import { edgeWords } from "../sentences.ts";
import type { Edit } from "./edit.ts";

/** A line that was copied, with its steps and rules, and the binding that it is of. */
export type CopiedLine = { readonly binding: string; readonly edge: Edge };

/** A copied line that was not drawn, in words, and why. */
export type LeftLine = { readonly line: string; readonly why: string };

/** What pasting makes. */
export type Pasting = {
  /** All of it as one edit; null where nothing fits. */
  readonly edit: Edit | null;
  readonly pasted: number;
  readonly left: readonly LeftLine[];
};

/** Where copied lines are drawn. */
export type PasteTarget = {
  readonly binding: string;
  /** Null while the object's columns are not known. */
  readonly schema: ObjectSchema | null;
  /** The columns by which the target's system names the rows that a line refers to. */
  readonly refersBy: (edge: Edge) => string[] | undefined;
};

/** One edit holds so many lines; more are told as left. */
const LINES_MAX = 2_000;

/**
 * Draws copied lines at another object: to the same fields, from the columns that are called so.
 * What somebody has drawn there stays as it is; what does not fit is told.
 */
export function pasteLines(
  document: MapDocument,
  lines: readonly CopiedLine[],
  target: PasteTarget,
): Pasting {
  const binding = document.bindings.find(({ id }) => id === target.binding);
  if (binding === undefined) return { edit: null, pasted: 0, left: [] };
  const drawn: Edge[] = [];
  const left: LeftLine[] = [];
  for (const line of lines) {
    const there = { ...binding, edges: [...binding.edges, ...drawn] };
    const made = drawn.length < LINES_MAX ? edgeThere(document, there, line, target) : TOO_MANY;
    if (typeof made === "string") left.push({ line: lineWords(document, line), why: made });
    else drawn.push(made);
  }
  const label = `Paste ${drawn.length === 1 ? "1 mapping" : `${drawn.length} mappings`}`;
  const edits = drawn.map((edge): Edit => ({ type: "connect", binding: binding.id, edge }));
  const edit: Edit | null = edits.length === 0 ? null : { type: "batch", label, edits };
  return { edit, pasted: drawn.length, left };
}

const TOO_MANY = `No more than ${LINES_MAX} are pasted at once.`;

/** The line as it is at the target, or the sentence that says why it cannot be. */
function edgeThere(
  document: MapDocument,
  binding: Binding,
  { edge, binding: from }: CopiedLine,
  { schema, refersBy }: PasteTarget,
): Edge | string {
  if (from === binding.id) return "It was copied from here.";
  const lost = edge.fields.find((id) => !hasField(document, binding, id));
  if (lost !== undefined) return `${lost} is not a field of it any more.`;
  const columns = columnsThere(edge, schema);
  if (typeof columns === "string") {
    const object = `${systemName(document, binding.system)} ${binding.object}`;
    return `${object} has no column that is called like ${columns}.`;
  }
  const { refersBy: _, ...kept } = edge;
  const own = { ...kept, columns: columns.map(({ name }) => name) };
  const hindrance =
    takenWords(document, binding, own) ?? misfitWords(document, binding, own, columns);
  if (hindrance !== null) return hindrance;
  const named = refersBy(own);
  const isReadOnly = columns.some(({ readOnly }) => readOnly);
  return {
    ...own,
    id: freeEdgeId(binding, edge),
    direction: isReadOnly ? "in" : edge.direction,
    ...(named === undefined ? {} : { refersBy: named }),
  };
}

function hasField(document: MapDocument, binding: Binding, field: string): boolean {
  const entity = document.entities.find(({ id }) => id === binding.entity);
  return entity?.fields.some(({ id }) => id === field) === true;
}

/** The columns that are called as those of the edge are; else the first that is missing. */
function columnsThere(edge: Edge, schema: ObjectSchema | null): ColumnSchema[] | string {
  const found: ColumnSchema[] = [];
  for (const name of edge.columns) {
    const column = columnCalled(schema?.columns ?? [], name);
    if (column === undefined) return name;
    found.push(column);
  }
  return found;
}

/** The column of this name, else the only one that is this name spelled otherwise. */
function columnCalled(columns: readonly ColumnSchema[], name: string): ColumnSchema | undefined {
  const exact = columns.find((column) => column.name === name);
  if (exact !== undefined) return exact;
  const [alike, ...others] = columns.filter((column) => plain(column.name) === plain(name));
  return others.length === 0 ? alike : undefined;
}

/** "list_price", "ListPrice" => "listprice" */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** What somebody has joined there already. */
function takenWords(document: MapDocument, binding: Binding, edge: Edge): string | null {
  const nameOf = (id: string) => fieldName(document, binding.entity, id);
  for (const other of binding.edges) {
    const field = edge.fields.find((id) => other.fields.includes(id));
    if (field !== undefined) {
      return `${nameOf(field)} is joined with ${list(other.columns)} there already.`;
    }
    const column = edge.columns.find((name) => other.columns.includes(name));
    if (column !== undefined) {
      return `${column} is joined with ${list(other.fields.map(nameOf))} already.`;
    }
  }
  return null;
}

/** Why values of the columns could not go through the line. */
function misfitWords(
  document: MapDocument,
  binding: Binding,
  edge: Edge,
  columns: readonly ColumnSchema[],
): string | null {
  const fixed = columns.find(({ readOnly }) => readOnly);
  if (fixed !== undefined && edge.direction === "out") return `${fixed.name} cannot be written.`;
  const [column, ...others] = columns;
  const isPlain = others.length === 0 && edge.fields.length === 1 && edge.steps.length === 0;
  const entity = document.entities.find(({ id }) => id === binding.entity);
  const field = entity?.fields.find(({ id }) => id === edge.fields[0]);
  if (!isPlain || column === undefined || field === undefined) return null;
  if (fitOf(column.type, field.type) !== "never") return null;
  return `${column.name} is ${column.type} there, and ${field.name} is ${field.type}.`;
}

/** Ids of edges are slugs of at most 60 characters; two of one binding differ. */
function freeEdgeId(binding: Binding, { fields: [field = ""] }: Edge): string {
  const taken = new Set(binding.edges.map(({ id }) => id));
  if (!taken.has(field)) return field;
  const base = field.slice(0, 54);
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

function lineWords(document: MapDocument, { binding: id, edge }: CopiedLine): string {
  const binding = document.bindings.find((one) => one.id === id);
  return binding === undefined ? list(edge.columns) : edgeWords(document, binding, edge);
}
