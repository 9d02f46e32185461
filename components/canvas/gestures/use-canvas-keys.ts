"use client";

import { type KeyboardEvent, useRef } from "react";
import { mostAlike } from "../../../server/core/suggest/likeness.ts";
import type { Point } from "../arrange.ts";
import { type CanvasStore, type RowPlace, speak, useCanvasStore } from "../canvas-state.ts";
import { type Editor, useEditor } from "../editor-context.ts";
import { bindingOfNode, type CanvasNode, ENTITY_NODE, systemNode } from "../flow-types.ts";
import { HEADER_ANCHOR } from "../geometry.ts";
import { isPasteKey, pasteAt } from "../picks/paste.ts";
import { extendTo, setPicks } from "../picks/pick-rows.ts";
import { type Picks, pickedLines, toggled, unmapping } from "../picks/picks.ts";
import { columnRelation, fieldRelation } from "../row-words.ts";
import { askSuggestions, rowElement } from "../suggest/suggest-state.ts";
import { targetOfPlace } from "../suggest/target.ts";
import {
  findRow,
  firstPlace,
  isFold,
  type Move,
  neighbour,
  otherEnds,
  rowsOfBox,
  standing,
  type Wire,
  wiresOf,
} from "./neighbours.ts";
import { linesAt, selectionOf } from "./row-acts.ts";
import type { Joining } from "./use-joining.ts";

const MOVE_KEYS: Readonly<Record<string, Move>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
  PageUp: "box-before",
  PageDown: "box-after",
};

/** Letters typed one after the other within this time are one name. */
const TYPING_MS_MAX = 900;
const STEP_PX = 16;

type KeyOptions = {
  readonly nodes: readonly CanvasNode[];
  readonly joining: Joining;
  /** Opens or closes the fold that a row is. */
  readonly toggle: (place: RowPlace) => void;
  /** Moves the keyboard to a row, and the canvas so that it is seen. */
  readonly goTo: (place: RowPlace) => void;
  readonly move: (node: string, by: Point) => void;
  readonly focusInspector: () => void;
};

/** The whole canvas by keyboard. Gives the handler of its keys. */
export function useCanvasKeys(options: KeyOptions): (event: KeyboardEvent) => void {
  const store = useCanvasStore();
  const editor = useEditor();
  const typed = useRef({ text: "", at: 0 });
  const moving = useRef<string | null>(null);
  return (event) => {
    const { active, armed } = store.getState();
    const at = active ?? firstPlace(options.nodes);
    if (at === null) return;
    const hands: Hands = { ...options, store, editor, at, armed, typed, moving };
    if (!isUsed(hands, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Everything that a key may touch. */
type Hands = KeyOptions & {
  readonly store: CanvasStore;
  readonly editor: Editor;
  readonly at: RowPlace;
  readonly armed: RowPlace | null;
  readonly typed: { current: { text: string; at: number } };
  /** The box that arrows move now. */
  readonly moving: { current: string | null };
};

/** Whether the key meant something. */
function isUsed(hands: Hands, event: KeyboardEvent): boolean {
  const { editor, store, at, moving } = hands;
  if (isPasteKey(event)) return pasteAt(editor, store, bindingOfNode(at.node));
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (moving.current !== null) return moveBox(hands, event);
  const move = MOVE_KEYS[event.key];
  return move === undefined ? press(hands, event) : walk(hands, move, event.shiftKey);
}

function walk(hands: Hands, move: Move, isPicking: boolean): boolean {
  const to = neighbour(hands.nodes, wiresIn(hands), hands.at, move);
  if (isPicking && to !== null) extend(hands, to);
  else go(hands, to);
  return true;
}

function press(hands: Hands, event: KeyboardEvent): boolean {
  const { at, armed } = hands;
  if (event.key === "Escape") return leave(hands);
  if (event.key === "Enter" || event.key === " ") {
    if (armed === null) openRow(hands);
    else hands.joining.complete(armed, at);
    return true;
  }
  if (event.key === ".") return suggest(hands);
  if (armed !== null && event.key.length === 1) return typeName(hands, event);
  return act(hands, event.key);
}

function act(hands: Hands, key: string): boolean {
  switch (key.toLowerCase()) {
    case "c":
      begin(hands);
      return true;
    case "delete":
    case "backspace":
      unmap(hands);
      return true;
    case "o":
      own(hands);
      return true;
    case "x":
      if (!isFold(hands.at)) setPicks(hands.store, toggled(picksOf(hands), hands.at));
      return true;
    case "m":
      hands.moving.current = hands.at.node;
      speak(hands.store, "Moving the box. Arrows move it, Enter leaves it there.");
      return true;
    default:
      return false;
  }
}

function moveBox({ moving, store, move }: Hands, event: KeyboardEvent): boolean {
  const way = MOVE_KEYS[event.key];
  const by = way === undefined ? undefined : STEPS[way];
  if (by === undefined || moving.current === null) {
    moving.current = null;
    speak(store, "The box stays here.");
    return true;
  }
  const factor = event.shiftKey ? 4 : 1;
  move(moving.current, { x: by.x * factor, y: by.y * factor });
  return true;
}

function wiresIn({ editor }: Hands): Wire[] {
  const { document, entity } = editor;
  return wiresOf(document.bindings.filter((binding) => binding.entity === entity.id));
}

function go({ goTo, store, editor }: Hands, place: RowPlace | null): void {
  if (place === null) return;
  store.setState({ pickRange: null });
  goTo(place);
  speak(store, relationOf(editor, place));
}

/** Goes on to a row and picks what lies between; over heads and folds it only goes. */
function extend({ nodes, at, store, goTo }: Hands, to: RowPlace): void {
  goTo(to);
  if (to.node !== at.node || to.row === HEADER_ANCHOR || isFold(to)) return;
  extendTo(store, rowsOfBox(nodes, to.node), { at, to });
}

function leave({ armed, joining, goTo, store, editor }: Hands): boolean {
  if (armed === null && store.getState().picked.length > 0) {
    setPicks(store, []);
    return true;
  }
  if (armed === null) {
    editor.select({ kind: "entity" }, null);
    return true;
  }
  joining.disarm();
  goTo(armed);
  speak(store, "No connection was drawn.");
  return true;
}

function openRow({ at, toggle, editor }: Hands): void {
  if (isFold(at)) toggle(at);
  else editor.select(selectionOf(editor.document, at), "mapping");
}

/** Begins a connection, and goes to the likeliest other end. */
function begin(hands: Hands): void {
  const { at, joining, store, goTo, editor, nodes } = hands;
  if (at.row === HEADER_ANCHOR || isFold(at)) return;
  joining.arm(at);
  if (store.getState().armed === null) return;
  const target = likelyEnd(editor, nodes, at);
  if (target === null) return;
  const shown = standing(nodes, target);
  // A column that leads nowhere yet may lie in a fold.
  const isFolded = shown?.row === "toggle:unmapped";
  if (isFolded) store.getState().acts.toggle(target.node, "unmapped");
  goTo(isFolded ? target : (shown ?? target));
}

/** Opens what may belong to the row. */
function suggest({ at, store }: Hands): boolean {
  const target = targetOfPlace(at);
  if (target !== null) askSuggestions(store, target, rowElement(at));
  return target !== null;
}

function picksOf({ store }: Hands): Picks {
  return store.getState().picked;
}

function unmap(hands: Hands): void {
  const { at, editor, store } = hands;
  const picked = unmapping(pickedLines(editor.document, editor.entity, picksOf(hands)));
  if (picked !== null) {
    if (editor.apply(picked)) speak(store, "Not mapped any more. Control Z takes all of it back.");
    return;
  }
  const lines = linesAt(editor.document, at);
  const [line, ...more] = lines;
  if (line === undefined) speak(store, "There is no line to take away.");
  else if (more.length > 0) {
    editor.select(selectionOf(editor.document, at), "mapping");
    speak(store, `${lines.length} lines lead here. Choose which to take away.`);
  } else if (editor.apply(line)) speak(store, "Not mapped any more. Control Z takes it back.");
}

function own(hands: Hands): void {
  const { at, editor, store, focusInspector } = hands;
  const [end] = at.node === ENTITY_NODE ? [at] : otherEnds(wiresIn(hands), at);
  if (!editor.entity.fields.some(({ id }) => id === end?.row)) {
    speak(store, "This row leads to no field.");
    return;
  }
  editor.select({ kind: "field", field: end?.row ?? "" }, "ownership");
  focusInspector();
}

/** Goes to the row whose name is typed. */
function typeName(hands: Hands, event: KeyboardEvent): boolean {
  const { typed, nodes, at } = hands;
  const isMore = event.timeStamp - typed.current.at < TYPING_MS_MAX;
  const text = (isMore ? typed.current.text : "") + event.key;
  typed.current = { text, at: event.timeStamp };
  go(hands, findRow(nodes, at, text));
  return true;
}

const STEPS: Partial<Record<Move, Point>> = {
  up: { x: 0, y: -STEP_PX },
  down: { x: 0, y: STEP_PX },
  left: { x: -STEP_PX, y: 0 },
  right: { x: STEP_PX, y: 0 },
};

function relationOf({ document, entity }: Editor, { node, row }: RowPlace): string {
  if (row === HEADER_ANCHOR || isFold({ node, row })) return "";
  const binding = bindingOfNode(node);
  if (binding === null) return fieldRelation(document, entity, row);
  return columnRelation(document, binding, row);
}

/** The row at the other side whose name is most alike, folded or not; else the first one there. */
function likelyEnd(
  { entity, document, schemaOf }: Editor,
  nodes: readonly CanvasNode[],
  from: RowPlace,
): RowPlace | null {
  if (from.node !== ENTITY_NODE) {
    const [best] = mostAlike(from.row, entity.fields, ({ name, id }) => [name, id]);
    const field = best?.one ?? entity.fields[0];
    return field === undefined ? null : { node: ENTITY_NODE, row: field.id };
  }
  const name = entity.fields.find(({ id }) => id === from.row)?.name ?? from.row;
  const columns = document.bindings
    .filter((binding) => binding.entity === entity.id)
    .flatMap((binding) => {
      const used = new Set(binding.edges.flatMap((edge) => edge.columns));
      const free = (schemaOf(binding)?.columns ?? []).filter((column) => !used.has(column.name));
      return free.map((column) => ({ node: systemNode(binding.id), row: column.name }));
    });
  const [best] = mostAlike(name, columns, ({ row }) => [row]);
  return best?.one ?? columns[0] ?? firstRow(nodes);
}

function firstRow(nodes: readonly CanvasNode[]): RowPlace | null {
  for (const node of nodes) {
    const row = node.type === "system" ? node.data.items.find(({ kind }) => kind === "row") : null;
    if (row !== null && row !== undefined) return { node: node.id, row: row.id };
  }
  return null;
}
