"use client";

import { createContext, use } from "react";
import type { Outputs } from "../../server/api/root.ts";
import type { Binding, Entity, MapDocument } from "../../server/core/map/document.ts";
import type { Edit } from "../../server/core/map/edits/edit.ts";
import type { ObjectSchema } from "../../server/core/map/object-schema.ts";
import type { SuggestionWish } from "../../server/core/suggest/taken.ts";
import type { DeskState } from "./draft/draft-desk.ts";
import type { CanvasFacts } from "./flow-types.ts";
import type { Lens } from "./lens.ts";
import type { Samples } from "./sample/use-samples.ts";
import type { Selection } from "./selection.ts";

export type MapProblem = Outputs["maps"]["check"]["problems"][number];

export const INSPECTOR_TABS = ["mapping", "ownership", "values", "problems"] as const;
export type InspectorTab = (typeof INSPECTOR_TABS)[number];

/** One entity of the draft and everything that can be done to it. */
export type Editor = {
  readonly document: MapDocument;
  readonly live: { readonly number: number; readonly document: MapDocument } | null;
  readonly entity: Entity;
  readonly draft: DeskState;
  /** Null: the person may draw. Else the sentence that says why not. */
  readonly readOnly: string | null;
  readonly schemaOf: (binding: Binding) => ObjectSchema | null;
  readonly facts: CanvasFacts;
  readonly problems: readonly MapProblem[];
  readonly samples: Samples;
  readonly selection: Selection;
  readonly tab: InspectorTab | null;
  readonly lens: Lens;
  readonly setLens: (lens: Lens) => void;
  /** Chooses something; with a tab the inspector opens at it. */
  readonly select: (selection: Selection, tab?: InspectorTab | null) => void;
  /** Chooses something that may be hidden now: what hides it is taken away. */
  readonly reveal: (selection: Selection, tab?: InspectorTab | null) => void;
  /**
   * Makes an edit of the draft, and takes or confirms suggestions with it. False when it cannot be
   * made; then the person was told.
   */
  readonly apply: (edit: Edit, suggestions?: SuggestionWish) => boolean;
  /** Joins a column and a field, or asks how. */
  readonly join: (joint: { binding: string; column: string; field: string }) => void;
};

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (editor === null) throw new Error("This needs a map editor around it.");
  return editor;
}
