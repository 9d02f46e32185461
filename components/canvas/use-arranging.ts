"use client";

import { useEffect, useEffectEvent } from "react";
import { type Alignment, aligned, type LaidBox } from "./align.ts";
import { type Point, placeBoxes } from "./arrange.ts";
import { useCanvasStore } from "./canvas-state.ts";
import { bindingOfNode, type CanvasNode, ENTITY_NODE, type Flow } from "./flow-types.ts";
import { HEADER_ANCHOR } from "./geometry.ts";
import type { Layout } from "./use-layout.ts";

/** Lets the boxes that are chosen be put in a line, or where they would lie unmoved. */
export function useArranging(flow: Flow, layout: Layout): void {
  const store = useCanvasStore();
  const arrange = useEffectEvent((way: Alignment) => {
    const heads = store.getState().picked.filter(({ row }) => row === HEADER_ANCHOR);
    const boxes = flow.nodes.filter(({ id }) => heads.some(({ node }) => node === id));
    const places = way === "order" ? orderedPlaces(flow, boxes) : aligned(boxes.map(laid), way);
    layout.settle([...places], boxes);
  });
  useEffect(() => {
    store.setState({ arrange: (way) => arrange(way) });
    return () => store.setState({ arrange: null });
  }, [store]);
}

function laid({ id, position, width, height }: CanvasNode): LaidBox {
  return { id, ...position, width: width ?? 0, height: height ?? 0 };
}

function orderedPlaces(flow: Flow, boxes: readonly CanvasNode[]): ReadonlyMap<string, Point> {
  const heights = flow.nodes.flatMap(({ id, height }) => {
    const binding = bindingOfNode(id);
    return binding === null ? [] : [[binding, height ?? 0] as const];
  });
  const places = placeBoxes(flow.arrangement, new Map(heights));
  return new Map(
    boxes.map(({ id, position }) => {
      const binding = bindingOfNode(id);
      const place = id === ENTITY_NODE ? { x: 0, y: 0 } : places.get(binding ?? "");
      return [id, place ?? position];
    }),
  );
}
