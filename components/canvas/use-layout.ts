"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { NodeChange, XYPosition } from "@xyflow/react";
import { useMemo, useState } from "react";
import { useTRPC } from "../trpc-provider.tsx";
import type { Point } from "./arrange.ts";
import type { CanvasNode } from "./flow-types.ts";

export type Layout = {
  /** Boxes that a person moved. */
  readonly moved: ReadonlyMap<string, Point>;
  /** Another number after every tidying. */
  readonly epoch: number;
  /** Follows React Flow while a box is dragged. */
  readonly follow: (changes: readonly NodeChange<CanvasNode>[]) => void;
  /** Boxes that are being dragged now. */
  readonly dragged: ReadonlyMap<string, XYPosition>;
  readonly moveBy: (node: CanvasNode, by: Point) => void;
  readonly tidy: () => void;
};

/** Where boxes were put by hand: kept apart from the map, shared by everybody. */
export function useLayout(entity: string, canEdit: boolean): Layout {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const filter = trpc.maps.layout.queryFilter({ entity });
  const { data } = useQuery(trpc.maps.layout.queryOptions({ entity }));
  const settled = () => queryClient.invalidateQueries(filter);
  const save = useMutation(trpc.maps.saveLayout.mutationOptions({ onSettled: settled }));
  const [own, setOwn] = useState<ReadonlyMap<string, Point>>(new Map());
  const [dragged, setDragged] = useState<ReadonlyMap<string, XYPosition>>(new Map());
  const [tidied, setTidied] = useState({ epoch: 0, isFresh: false });

  const moved = useMemo(() => {
    const kept = tidied.isFresh ? [] : (data ?? []);
    return new Map([...kept.map(({ node, x, y }) => [node, { x, y }] as const), ...own]);
  }, [data, own, tidied.isFresh]);

  const put = (places: readonly (readonly [string, Point])[]) => {
    setOwn((before) => new Map([...before, ...places]));
    if (!canEdit) return;
    const rounded = places.map(([node, { x, y }]) => ({
      ...{ node, x: Math.round(x), y: Math.round(y) },
    }));
    save.mutate({ entity, places: rounded });
  };
  return {
    ...{ moved, dragged, epoch: tidied.epoch },
    follow: (changes) => {
      const moves = changes.filter((change) => change.type === "position");
      if (moves.length === 0) return;
      const placed = moves.flatMap(({ id, position }) =>
        position ? [[id, position] as const] : [],
      );
      if (moves.some(({ dragging }) => dragging === true)) return setDragged(new Map(placed));
      setDragged(new Map());
      if (placed.length > 0) put(placed);
    },
    moveBy: ({ id, position }, by) => put([[id, { x: position.x + by.x, y: position.y + by.y }]]),
    tidy: () => {
      setOwn(new Map());
      setTidied(({ epoch }) => ({ epoch: epoch + 1, isFresh: true }));
      if (canEdit) save.mutate({ entity, places: [], replace: true });
    },
  };
}
