"use client";

import type { KeyboardEvent } from "react";
import type { Binding } from "../../../server/core/map/document.ts";
import { type CanvasStore, speak, useCanvasStore } from "../canvas-state.ts";
import { type Editor, useEditor } from "../editor-context.ts";
import { focusInspector } from "../inspector/focus-inspector.ts";
import { withFold } from "../lens.ts";
import { isPasteKey, pasteAt } from "../picks/paste.ts";
import { pickedLines, unmapping } from "../picks/picks.ts";
import type { GridPicks } from "../picks/use-grid-picks.ts";
import { columnRelation, fieldRelation } from "../row-words.ts";
import { askSuggestions } from "../suggest/suggest-state.ts";
import type { SuggestTarget } from "../suggest/target.ts";
import type { GridRow } from "./grid-rows.ts";

/** Where the keyboard is in the grid: row 0 is the heading, column 0 the fields. */
export type At = { readonly row: number; readonly column: number };

/** Names a cell while a column is chosen in it. */
export function cellKey(binding: string, field: string): string {
  return `${binding} ${field}`;
}

type GridKeys = {
  readonly at: At;
  readonly rows: readonly GridRow[];
  readonly bindings: readonly Binding[];
  readonly focusAt: (at: At) => void;
  readonly picks: GridPicks;
  /** Lets a column be chosen in a cell. */
  readonly edit: (cell: string) => void;
};

const STEPS: Readonly<Record<string, At>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

/**
 * Arrows move; Enter opens or joins; a dot suggests; Delete takes a line away; O sets who owns the
 * field. With Shift arrows choose cells, and X chooses one.
 */
export function useGridKeys(grid: GridKeys): (event: KeyboardEvent) => void {
  const store = useCanvasStore();
  const editor = useEditor();
  const tell = (sentence: string) => speak(store, sentence);
  return (event) => {
    const isCell = event.target instanceof HTMLElement && event.target.dataset["at"] !== undefined;
    if (!isCell) return;
    const act = actOf(event, { ...grid, store, editor, tell });
    if (act === null) return;
    act();
    event.preventDefault();
    event.stopPropagation();
  };
}

type Hands = GridKeys & {
  readonly store: CanvasStore;
  readonly editor: Editor;
  readonly tell: (sentence: string) => void;
};

function actOf(event: KeyboardEvent, hands: Hands): (() => void) | null {
  const { at } = hands;
  if (isPasteKey(event)) return () => paste(hands);
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const step = STEPS[event.key];
  if (step === undefined) return actOfKey(event.key, hands);
  const next = { row: at.row + step.row, column: at.column + step.column };
  return () => (event.shiftKey ? extend(hands, next) : go(hands, next));
}

function actOfKey(key: string, hands: Hands): (() => void) | null {
  const { at, bindings, editor, picks } = hands;
  switch (key.toLowerCase()) {
    case "enter":
    case " ":
      return () => open(hands);
    case "c":
      return () => choose(hands);
    case ".":
      return () => suggest(hands);
    case "delete":
    case "backspace":
      return () => takeAway(hands);
    case "o":
      return () => own(hands);
    case "x":
      return () => picks.toggle(at);
    case "escape":
      return () => {
        if (!picks.clear()) editor.select({ kind: "entity" }, null);
      };
    case "home":
      return () => go(hands, { row: at.row, column: 0 });
    case "end":
      return () => go(hands, { row: at.row, column: bindings.length });
    default:
      return null;
  }
}

/** What the cell of the keyboard is about. */
function cellOf({ at, rows, bindings }: Hands, place: At = at) {
  const row = rows[place.row - 1];
  const field = row?.kind === "field" ? row.field : undefined;
  const binding = bindings[place.column - 1];
  const edges = binding?.edges.filter(({ fields }) => fields.includes(field?.id ?? "")) ?? [];
  return { row, field, binding, edges };
}

/** The cell nearest to a place that may lie outside. */
function inside({ rows, bindings }: Hands, { row, column }: At): At {
  return {
    row: Math.max(0, Math.min(rows.length, row)),
    column: Math.max(0, Math.min(bindings.length, column)),
  };
}

function extend(hands: Hands, next: At): void {
  const to = inside(hands, next);
  hands.focusAt(to);
  hands.picks.extend(hands.at, to);
}

function paste({ store, editor, bindings, at, tell }: Hands): void {
  const binding = bindings[at.column - 1]?.id ?? null;
  if (!pasteAt(editor, store, binding)) tell("Copy lines first, and go to a system's column.");
}

function go(hands: Hands, next: At): void {
  const { editor, focusAt, tell } = hands;
  const { row, column } = inside(hands, next);
  hands.picks.leave();
  focusAt({ row, column });
  const { row: line, field, binding, edges } = cellOf(hands, { row, column });
  if (line?.kind === "group") {
    tell(`${line.name}, ${line.fields.length} fields, ${line.isOpen ? "open" : "folded"}.`);
  }
  if (field === undefined) return;
  if (binding === undefined) {
    tell(fieldRelation(editor.document, editor.entity, field.id));
    return;
  }
  const words = edges.map(({ columns }) =>
    columnRelation(editor.document, binding.id, columns[0] ?? ""),
  );
  tell(words.length === 0 ? "Not mapped." : words.join(" "));
}

function open(hands: Hands): void {
  const { editor } = hands;
  const { row, field, binding, edges } = cellOf(hands);
  const [edge] = edges;
  if (row?.kind === "group") editor.setLens(withFold(editor.lens, row.group));
  else if (row?.kind === "columns") openColumn(hands, row);
  else if (binding === undefined) {
    if (field === undefined) editor.select({ kind: "entity" }, "mapping");
    else editor.select({ kind: "field", field: field.id }, "mapping");
  } else if (field === undefined) {
    editor.select({ kind: "binding", binding: binding.id }, "mapping");
  } else if (edge === undefined) choose(hands);
  else editor.select({ kind: "edge", binding: binding.id, edge: edge.id }, "mapping");
}

function openColumn({ at, bindings, editor }: Hands, row: GridRow & { kind: "columns" }): void {
  const binding = bindings[at.column - 1]?.id ?? "";
  const column = row.columns[binding];
  if (column !== undefined) editor.select({ kind: "column", binding, column }, "mapping");
}

function choose(hands: Hands): void {
  const { editor, edit, tell } = hands;
  const { field, binding } = cellOf(hands);
  if (field === undefined || binding === undefined) return;
  if (editor.readOnly === null) edit(cellKey(binding.id, field.id));
  else tell(editor.readOnly);
}

/** Opens what may belong to a cell, to a field, or to a system's whole column. */
function suggest(hands: Hands): void {
  const { row, field, binding } = cellOf(hands);
  const id = binding?.id ?? null;
  const column = row?.kind === "columns" && id !== null ? row.columns[id] : undefined;
  if (id !== null && column !== undefined) {
    askSuggestions(hands.store, { kind: "column", binding: id, column }, document.activeElement);
    return;
  }
  const target: SuggestTarget =
    field === undefined
      ? { kind: "all", binding: id }
      : { kind: "field", field: field.id, binding: id };
  askSuggestions(hands.store, target, document.activeElement);
}

function takeAway(hands: Hands): void {
  const { editor, store, tell } = hands;
  const { picked } = store.getState();
  const many = unmapping(pickedLines(editor.document, editor.entity, picked));
  if (many !== null) {
    if (editor.apply(many)) tell("Not mapped any more. Control Z takes all of it back.");
    return;
  }
  const { binding, edges } = cellOf(hands);
  const [edge] = edges;
  if (binding === undefined || edge === undefined) tell("Nothing is mapped here.");
  else if (editor.apply({ type: "disconnect", binding: binding.id, edge: edge.id })) {
    tell("Not mapped any more. Control Z takes it back.");
  }
}

function own(hands: Hands): void {
  const { field } = cellOf(hands);
  if (field === undefined) return;
  hands.editor.select({ kind: "field", field: field.id }, "ownership");
  focusInspector();
}
