"use client";

import { useLayoutEffect, useRef, useState } from "react";
import { between } from "./align.ts";
import type { Point } from "./arrange.ts";
import type { CanvasNode } from "./flow-types.ts";

const SETTLE_MS = 200;

type Moving = { readonly from: ReadonlyMap<string, Point>; readonly share: number };

/**
 * Boxes on their way to where a command has put them, so that the eye can follow; at once for whom
 * motion is too much.
 * @param moves another number after every such command
 */
export function useSettling(nodes: CanvasNode[], moves: number): CanvasNode[] {
  const drawn = useRef<ReadonlyMap<string, Point>>(new Map());
  const [moving, setMoving] = useState<Moving | null>(null);
  // Before the next effect, which forgets where the boxes were.
  useLayoutEffect(() => {
    if (moves === 0 || window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const from = drawn.current;
    const begin = performance.now();
    let frame = 0;
    const step = (now: number) => {
      const share = Math.max(0, (now - begin) / SETTLE_MS);
      setMoving(share < 1 ? { from, share } : null);
      if (share < 1) frame = requestAnimationFrame(step);
    };
    step(begin);
    return () => cancelAnimationFrame(frame);
  }, [moves]);
  useLayoutEffect(() => {
    drawn.current = new Map(nodes.map(({ id, position }) => [id, position]));
  }, [nodes]);
  if (moving === null) return nodes;
  return nodes.map((node) => {
    const from = moving.from.get(node.id);
    if (from === undefined) return node;
    return { ...node, position: between(from, node.position, moving.share) };
  });
}
