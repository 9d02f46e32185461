"use client";

import { useEffect, useMemo, useRef } from "react";
import { placePath } from "../../server/core/map/place.ts";
import type { Arrangement, Point } from "./arrange.ts";
import { useCanvas } from "./canvas-state.ts";
import { type MapProblem, useEditor } from "./editor-context.ts";
import { togetherFold } from "./entity-rows.ts";
import {
  type CanvasEdge,
  type CanvasNode,
  ENTITY_NODE,
  type Flow,
  type ProblemCounts,
} from "./flow-types.ts";
import { reuse } from "./reuse.ts";
import { toFlow } from "./to-flow.ts";

/**
 * The boxes and lines of the editor's entity as they are to be drawn now. What did not change is
 * the same object as before.
 * @param moved boxes that a person put somewhere
 * @param epoch another number arranges all boxes anew
 */
export function useFlow(moved: ReadonlyMap<string, Point>, epoch: number): Flow {
  const { document, live, entity, schemaOf, facts, problems, draft, lens } = useEditor();
  const level = useCanvas((state) => state.level);
  const opened = useCanvas((state) => state.open);
  const { unmappedOnly, folded } = lens;
  // Groups begin open, so that what is named is what is closed.
  const open = useMemo(
    () => new Set([...opened, ...folded.map((id) => `${ENTITY_NODE}/${togetherFold(id)}`)]),
    [opened, folded],
  );
  const arranged = useRef<{ epoch: number; arrangement: Arrangement | null }>({
    ...{ epoch, arrangement: null },
  });
  const drawn = useRef<{ nodes: readonly CanvasNode[]; edges: readonly CanvasEdge[] }>({
    ...{ nodes: [], edges: [] },
  });
  const counts = useMemo(() => countProblems(problems), [problems]);
  const suggested = useMemo(
    () => new Set(draft.suggested.map(({ binding, edge }) => `${binding}/${edge}`)),
    [draft.suggested],
  );
  const flow = useMemo(() => {
    const known = arranged.current.epoch === epoch ? arranged.current.arrangement : null;
    const fresh = toFlow({
      ...{ document, entity, schemaOf, facts, open, moved, level, suggested, unmappedOnly },
      ...{ live: live?.document ?? null, problems: counts, arrangement: known },
    });
    return {
      nodes: reuse(drawn.current.nodes, fresh.nodes),
      edges: reuse(drawn.current.edges, fresh.edges),
      arrangement: fresh.arrangement,
    };
  }, [
    document,
    entity,
    schemaOf,
    facts,
    open,
    moved,
    level,
    live,
    counts,
    suggested,
    unmappedOnly,
    epoch,
  ]);
  useEffect(() => {
    drawn.current = flow;
    arranged.current = { epoch, arrangement: flow.arrangement };
  }, [flow, epoch]);
  return flow;
}

/** Problems by the path of what they are about: an edge's steps count for the edge. */
function countProblems(problems: readonly MapProblem[]): ReadonlyMap<string, ProblemCounts> {
  const counts = new Map<string, ProblemCounts>();
  for (const { place, severity } of problems) {
    const { column: _column, step: _step, field, ...rest } = place;
    const isOfBinding = rest.binding !== undefined;
    const path = placePath(isOfBinding || field === undefined ? rest : { ...rest, field });
    const { errors, warnings } = counts.get(path) ?? { errors: 0, warnings: 0 };
    const isError = severity === "error";
    counts.set(path, {
      errors: errors + (isError ? 1 : 0),
      warnings: warnings + (isError ? 0 : 1),
    });
  }
  return counts;
}
