"use client";

import { useEffect } from "react";
import { type RowPlace, speak, useCanvas, useCanvasStore } from "../canvas-state.ts";
import { useEditor } from "../editor-context.ts";
import { bindingOfNode, ENTITY_NODE } from "../flow-types.ts";

/** A row that waits for its other end is forgotten after this time. */
const ARMED_MS_MAX = 20_000;

export type Joining = {
  /** Begins a connection at a row; the next row completes it. */
  readonly arm: (place: RowPlace) => void;
  readonly disarm: () => void;
  /** Completes a connection. False when the two rows cannot be joined. */
  readonly complete: (from: RowPlace, to: RowPlace) => boolean;
};

/** Drawing a line: by drag, by two presses, or by keyboard, all end here. */
export function useJoining(): Joining {
  const store = useCanvasStore();
  const { join, readOnly, entity, document } = useEditor();
  const armed = useCanvas((state) => state.armed);

  useEffect(() => {
    if (armed === null) return;
    const timer = setTimeout(() => {
      store.setState({ armed: null });
      speak(store, "No connection was drawn: nothing was chosen in time.");
    }, ARMED_MS_MAX);
    return () => clearTimeout(timer);
  }, [armed, store]);

  return {
    arm: (place) => {
      if (readOnly !== null) return speak(store, readOnly);
      store.setState({ armed: place });
      const what = place.node === ENTITY_NODE ? "a column" : `a field of ${entity.name}`;
      speak(store, `Connecting ${rowLabel(place)}. Choose ${what}, or press Escape.`);
    },
    disarm: () => store.setState({ armed: null }),
    complete: (from, to) => {
      store.setState({ armed: null });
      const field = [from, to].find(({ node }) => node === ENTITY_NODE);
      const column = [from, to].find(({ node }) => node !== ENTITY_NODE);
      const binding = column === undefined ? null : bindingOfNode(column.node);
      const isColumn = document.bindings.some(({ id }) => id === binding);
      if (field === undefined || column === undefined || binding === null || !isColumn) {
        speak(store, "A line joins a column and a field.");
        return false;
      }
      join({ binding, column: column.row, field: field.row });
      return true;
    },
  };

  function rowLabel({ node, row }: RowPlace): string {
    if (node !== ENTITY_NODE) return row;
    return entity.fields.find(({ id }) => id === row)?.name ?? row;
  }
}
