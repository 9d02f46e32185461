"use client";

import dynamic from "next/dynamic";
import { useShortcuts } from "../../shell/use-shortcuts.ts";
import { useCanvas, useCanvasStore } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { placeOf } from "../gestures/row-acts.ts";
import { askSuggestions, rowElement } from "./suggest-state.ts";
import { targetOfSelection } from "./target.ts";

/** They come when somebody asks for suggestions. */
const SuggestPopover = dynamic(() =>
  import("./suggest-popover.tsx").then((part) => part.SuggestPopover),
);
const SuggestDialog = dynamic(() =>
  import("./suggest-dialog.tsx").then((part) => part.SuggestDialog),
);

/** Where suggestions appear, for a row or for all, on the canvas and in the grid. */
export function SuggestHost() {
  const { document, selection } = useEditor();
  const store = useCanvasStore();
  const ask = useCanvas((state) => state.suggest);
  useShortcuts("Map", [
    {
      ...{ id: "suggest", keys: ".", label: "Suggestions for what is chosen" },
      run: () => {
        const place = placeOf(document, selection);
        const target = targetOfSelection(document, selection);
        askSuggestions(store, target, place === null ? null : rowElement(place));
      },
    },
    {
      ...{
        id: "suggest-all",
        keys: "shift+s",
        label: "All suggestions: take those at 0.9 or more",
      },
      run: () => askSuggestions(store, { kind: "all", binding: null }, null),
    },
  ]);
  if (ask === null) return null;
  const { target, anchor } = ask;
  const key = JSON.stringify(target);
  if (target.kind === "all") return <SuggestDialog key={key} binding={target.binding} />;
  return <SuggestPopover key={key} {...{ target, anchor }} />;
}
