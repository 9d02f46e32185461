"use client";

import type { Viewport } from "@xyflow/react";
import { createContext, use } from "react";
import { createStore, type StoreApi, useStore } from "zustand";
import type { CopiedLine, Pasting } from "../../server/core/map/edits/paste-lines.ts";
import type { EdgeTrace } from "../../server/core/mapping/explain.ts";
import type { FieldValue } from "../../server/core/values/field-value.ts";
import type { Alignment } from "./align.ts";
import type { Picks } from "./picks/picks.ts";
import { NOTHING, type Selection } from "./selection.ts";
import type { SuggestTarget } from "./suggest/target.ts";
import type { Level } from "./zoom-level.ts";

/** A row of a box: the column or field, or the fold that hides some. */
export type RowPlace = { readonly node: string; readonly row: string };

/** What of a record is shown: values by box and row, and how they flow through each edge. */
export type SampleView = {
  readonly values: Readonly<Record<string, Readonly<Record<string, FieldValue | undefined>>>>;
  /** By "binding/edge". */
  readonly traces: Readonly<Record<string, EdgeTrace>>;
};

/** Where a range of picked rows began, and what was picked before it. */
export type PickRange = { readonly from: RowPlace; readonly before: Picks } | null;

/** What was pasted last, onto what, and what was not. */
export type PasteReport = Omit<Pasting, "edit"> & { readonly onto: string };

export const NO_SAMPLE: SampleView = { values: {}, traces: {} };

export type SuggestAsk = { readonly target: SuggestTarget; readonly anchor: Element | null };

/** What boxes can ask for. */
export type CanvasActs = {
  readonly settings: (node: string) => void;
  readonly toggle: (node: string, group: string) => void;
  /** Shows what is suggested for a box. */
  readonly suggest: (node: string) => void;
  /** Takes a binding out of the draft. */
  readonly remove: (node: string) => void;
};

/** What a canvas shows beside the map itself. None of it is part of a version. */
export type CanvasState = {
  readonly level: Level;
  /** Near enough for the steps of edges to be drawn. */
  readonly showsSteps: boolean;
  readonly selection: Selection;
  /** Where the keyboard is. */
  readonly active: RowPlace | null;
  readonly hovered: RowPlace | null;
  /** The edge under the pointer, as "binding/edge". */
  readonly hoveredEdge: string | null;
  /** Fields on whose paths everything stands out now, with blanks between; "" is none. */
  readonly traced: string;
  /** The row that a connection was begun at: the next row completes it. */
  readonly armed: RowPlace | null;
  /** It is being drawn with the pointer: nothing may move under it. */
  readonly isDrawing: boolean;
  /** The part of the canvas that is to be brought into sight; null once it is. */
  readonly wantedPort: Viewport | null;
  /** Groups that somebody opened: "binding:erp-product/unmapped". */
  readonly open: ReadonlySet<string>;
  /** Rows and boxes that something is done with together. */
  readonly picked: Picks;
  /** The range that Shift and arrows widen now. */
  readonly pickRange: PickRange;
  /** Lines that wait to be pasted. */
  readonly copied: readonly CopiedLine[];
  readonly pasteReport: PasteReport | null;
  /** Puts the boxes that are picked in a line; null where no canvas is drawn. */
  readonly arrange: ((way: Alignment) => void) | null;
  readonly sample: SampleView;
  /** What suggestions are shown for, and the element that they stand beside. */
  readonly suggest: SuggestAsk | null;
  /** Said to screen readers when it changes. */
  readonly spoken: string;
  readonly acts: CanvasActs;
};

const nothing = () => {};
const NO_ACTS: CanvasActs = {
  ...{ settings: nothing, toggle: nothing, suggest: nothing, remove: nothing },
};

export type CanvasStore = StoreApi<CanvasState>;

export function createCanvasStore(): CanvasStore {
  return createStore<CanvasState>(() => ({
    ...{ level: "rows", showsSteps: true, selection: NOTHING, active: null, hovered: null },
    ...{ hoveredEdge: null, armed: null, open: new Set<string>(), sample: NO_SAMPLE, spoken: "" },
    ...{ picked: [], pickRange: null, copied: [], pasteReport: null },
    ...{
      arrange: null,
      wantedPort: null,
      isDrawing: false,
      traced: "",
      suggest: null,
      acts: NO_ACTS,
    },
  }));
}

export const CanvasStoreContext = createContext<CanvasStore | null>(null);

export function useCanvasStore(): CanvasStore {
  const store = use(CanvasStoreContext);
  if (store === null) throw new Error("This needs a map editor around it.");
  return store;
}

/** A part of the canvas's state; what is drawn follows it. */
export function useCanvas<T>(select: (state: CanvasState) => T): T {
  return useStore(useCanvasStore(), select);
}

export function isSamePlace(a: RowPlace | null, b: RowPlace | null): boolean {
  return a !== null && b !== null && a.node === b.node && a.row === b.row;
}

/** Says a sentence to screen readers. The same sentence twice is said twice. */
export function speak(store: CanvasStore, sentence: string): void {
  const { spoken } = store.getState();
  store.setState({ spoken: spoken === sentence ? `${sentence} ` : sentence });
}

/** Id of a row's element: what a tree's `aria-activedescendant` names. */
export function rowElementId({ node, row }: RowPlace): string {
  return `row-${encodeURIComponent(node)}-${encodeURIComponent(row)}`;
}
