"use client";

import { useEffect, useEffectEvent } from "react";
import { useCanvasStore } from "./canvas-state.ts";
import type { Editor } from "./editor-context.ts";
import { groupOfFold } from "./entity-rows.ts";
import { bindingOfNode } from "./flow-types.ts";
import { withFold } from "./lens.ts";
import { askSuggestions } from "./suggest/suggest-state.ts";

/** What the menus of the boxes do. Boxes know the store only, so that an edit redraws few. */
export function useBoxActs({ select, apply, readOnly, lens, setLens }: Editor): void {
  const store = useCanvasStore();
  const settings = useEffectEvent((node: string) => {
    const binding = bindingOfNode(node);
    if (binding !== null) select({ kind: "binding", binding }, "mapping");
  });
  const remove = useEffectEvent((node: string) => {
    const binding = bindingOfNode(node);
    if (binding === null || readOnly !== null) return;
    if (apply({ type: "remove-binding", binding })) select({ kind: "entity" }, null);
  });
  const fold = useEffectEvent((group: string) => setLens(withFold(lens, group)));
  useEffect(() => {
    const toggle = (node: string, group: string) => {
      const together = groupOfFold(group);
      if (together !== null) return fold(together);
      const open = new Set(store.getState().open);
      if (!open.delete(`${node}/${group}`)) open.add(`${node}/${group}`);
      store.setState({ open });
    };
    const suggest = (node: string) =>
      askSuggestions(store, { kind: "all", binding: bindingOfNode(node) }, null);
    store.setState({
      acts: { settings: (node) => settings(node), toggle, suggest, remove: (node) => remove(node) },
    });
  }, [store]);
}
