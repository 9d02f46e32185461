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
  /** Another number after every command that moved boxes. */
  readonly moves: number;
  /** Follows React Flow while a box is dragged. */
  readonly follow: (changes: readonly NodeChange<CanvasNode>[]) => void;
  /** Boxes that are being dragged now. */
  readonly dragged: ReadonlyMap<string, XYPosition>;
  readonly moveBy: (node: CanvasNode, by: Point) => void;
  /** Puts boxes somewhere by a command; `before` are they as they lie now. */
  readonly settle: (places: readonly Placed[], before: readonly CanvasNode[]) => void;
  /** Puts all boxes in order; `before` are they as they lie now. */
  readonly tidy: (before: readonly CanvasNode[]) => void;
  /** Takes back what the last command moved; null where there is nothing. */
  readonly putBack: (() => void) | null;
};

type Placed = readonly [node: string, at: Point];

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
  const [moves, setMoves] = useState(0);
  const [back, setBack] = useState<readonly Placed[] | null>(null);

  const moved = useMemo(() => {
    const kept = tidied.isFresh ? [] : (data ?? []);
    return new Map([...kept.map(({ node, x, y }) => [node, { x, y }] as const), ...own]);
  }, [data, own, tidied.isFresh]);

  const put = (places: readonly Placed[]) => {
    setOwn((before) => new Map([...before, ...places]));
    if (!canEdit) return;
    const rounded = places.map(([node, { x, y }]) => ({
      ...{ node, x: Math.round(x), y: Math.round(y) },
    }));
    save.mutate({ entity, places: rounded });
  };
  const command = (before: readonly CanvasNode[] | null) => {
    setMoves((count) => count + 1);
    setBack(before === null ? null : before.map(({ id, position }) => [id, position]));
  };
  return {
    ...{ moved, dragged, epoch: tidied.epoch, moves },
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
    settle: (places, before) => {
      command(before);
      put(places);
    },
    tidy: (before) => {
      command(before);
      setOwn(new Map());
      setTidied(({ epoch }) => ({ epoch: epoch + 1, isFresh: true }));
      if (canEdit) save.mutate({ entity, places: [], replace: true });
    },
    putBack:
      back === null
        ? null
        : () => {
            command(null);
            put(back);
          },
  };
}
