import type { Binding, Edge, MapDocument } from "../../server/core/map/document.ts";
import { isSame } from "../../server/core/map/same.ts";
import { titleOf } from "../../server/core/transforms/palette.ts";
import type { Side } from "./arrange.ts";
import { edgeMeaning } from "./edge-meaning.ts";
import type { Change } from "./entity-rows.ts";
import {
  anchorId,
  type CanvasEdge,
  type CanvasNode,
  ENTITY_NODE,
  type FieldLine,
  type FlowInput,
  type Ribbon,
  systemNode,
} from "./flow-types.ts";
import { HEADER_ANCHOR } from "./geometry.ts";
import { partsOf } from "./parts.ts";
import { removedEdges } from "./system-rows.ts";

/** More added lines than this are drawn without dashes. */
const DASHED_MAX = 50;

/** Lines say nothing to a screen reader: rows tell where they lead. */
const SILENT = { "aria-hidden": true } as const;

/** The lines between the boxes: one per strand of an edge, or one ribbon per box from afar. */
export function toLines(input: FlowInput, nodes: readonly CanvasNode[]): CanvasEdge[] {
  const { document, entity } = input;
  const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
  const boxes = new Map(nodes.map((node) => [node.id, node]));
  const anchorsOfEntity = anchorNames(boxes.get(ENTITY_NODE));
  const lines: CanvasEdge[] = [];
  for (const binding of bindings) {
    const box = boxes.get(systemNode(binding.id));
    if (box?.type !== "system") continue;
    const ends = { side: box.data.side, own: anchorNames(box), other: anchorsOfEntity };
    if (input.level === "rows") lines.push(...fieldLines(input, binding, ends));
    else if (binding.edges.length > 0) lines.push(ribbonOf(input, binding, ends.side));
  }
  return withDashes(withConflictPlaces(lines));
}

function anchorNames(node: CanvasNode | undefined): ReadonlySet<string> {
  return new Set(node?.data.anchors.map(({ id }) => id));
}

type Ends = {
  readonly side: Side;
  readonly own: ReadonlySet<string>;
  readonly other: ReadonlySet<string>;
};

function fieldLines(input: FlowInput, binding: Binding, ends: Ends): FieldLine[] {
  const before = liveEdges(input.live, binding);
  const present = binding.edges.map((edge) => ({ edge, change: changeOf(before, edge) }));
  const removed = removedEdges(binding, before).map((edge) => ({
    edge,
    change: "removed" as const,
  }));
  return [...present, ...removed].flatMap(({ edge, change }) =>
    strandsOf(edge)
      .filter(({ column, field }) => ends.own.has(column) && ends.other.has(field))
      .map((strand, at) =>
        fieldLine(input, { binding, edge, change, side: ends.side }, strand, at),
      ),
  );
}

function liveEdges(live: MapDocument | null, binding: Binding): readonly Edge[] | null {
  if (live === null) return null;
  return live.bindings.find(({ id }) => id === binding.id)?.edges ?? [];
}

function changeOf(before: readonly Edge[] | null, edge: Edge): Change | null {
  if (before === null) return null;
  const was = before.find(({ id }) => id === edge.id);
  if (was === undefined) return "added";
  return isSame(was, edge) ? null : "changed";
}

/**
 * Each column with a field that it leads to: as many pairs as the longer list has members.
 *
 * [full_name] and [given, family] => full_name–given, full_name–family
 */
export function strandsOf(
  edge: Pick<Edge, "columns" | "fields">,
): { readonly column: string; readonly field: string }[] {
  const count = Math.max(edge.columns.length, edge.fields.length);
  return Array.from({ length: count }, (_, at) => ({
    column: edge.columns[Math.min(at, edge.columns.length - 1)] ?? "",
    field: edge.fields[Math.min(at, edge.fields.length - 1)] ?? "",
  }));
}

function fieldLine(
  { document, entity, facts, suggested }: FlowInput,
  of: { binding: Binding; edge: Edge; change: Change | null; side: Side },
  strand: { column: string; field: string },
  at: number,
): FieldLine {
  const { binding, edge, change, side } = of;
  const field = entity.fields.find(({ id }) => id === strand.field);
  const parts = field === undefined ? null : partsOf(document, entity.id, field);
  const system = document.systems.find(({ id }) => id === binding.system);
  const question = facts.questions.find((one) => one.field === strand.field);
  const held = facts.held.filter((one) => one.binding === binding.id && one.field === strand.field);
  return {
    ...endsOf(binding.id, side, strand.column, strand.field),
    ...{ id: `${binding.id}/${edge.id}#${at}`, type: "field" },
    domAttributes: { ...SILENT, ...traceAttributes(edge.fields) },
    data: {
      ...{ binding: binding.id, edge: edge.id, change, isLeft: side === "left" },
      fields: edge.fields,
      meaning: edgeMeaning(edge.direction, parts?.get(binding.system) ?? "none"),
      line: system?.line ?? 11,
      isDashed: change === "added",
      steps: at === 0 ? edge.steps.map(stepOf) : [],
      conflicts: change === "removed" ? 0 : (question?.systems[binding.system] ?? 0),
      conflictPlace: 0,
      failing: failingEnd(held),
      isSuggested: at === 0 && suggested.has(`${binding.id}/${edge.id}`),
    },
  };
}

function stepOf({ transform }: Edge["steps"][number]) {
  return { transform, title: titleOf(transform) };
}

function failingEnd(held: readonly { way: "in" | "out" }[]): "system" | "field" | null {
  if (held.some(({ way }) => way === "out")) return "system";
  return held.length > 0 ? "field" : null;
}

/** By these attributes one style rule dims every line that is not on the path of a row. */
function traceAttributes(fields: readonly string[]): Record<string, string> {
  return { "data-trace": fields.join(" ") };
}

function endsOf(binding: string, side: Side, column: string, field: string) {
  return {
    source: systemNode(binding),
    target: ENTITY_NODE,
    sourceHandle: anchorId(side === "left" ? "right" : "left", column),
    targetHandle: anchorId(side, field),
  };
}

function ribbonOf({ document, entity, facts }: FlowInput, binding: Binding, side: Side): Ribbon {
  const fields = new Set(binding.edges.flatMap((edge) => edge.fields));
  const own = entity.fields.filter(({ id }) => fields.has(id));
  const owners = own.flatMap((field) => {
    const parts = [...partsOf(document, entity.id, field)];
    return parts.filter(([, part]) => part === "owner").map(([system]) => system);
  });
  const major = document.systems.find(
    ({ id }) => owners.filter((owner) => owner === id).length * 2 > own.length,
  );
  const conflicts = facts.questions
    .filter(({ field }) => fields.has(field))
    .reduce((sum, { systems }) => sum + (systems[binding.system] ?? 0), 0);
  const data = { binding: binding.id, edges: fields.size, conflicts, line: major?.line ?? null };
  return {
    ...endsOf(binding.id, side, HEADER_ANCHOR, HEADER_ANCHOR),
    ...{ id: `ribbon:${binding.id}`, type: "ribbon", data },
    domAttributes: { ...SILENT },
  };
}

/** Lines of one field come close at its end: their counts stand one behind the other. */
function withConflictPlaces(lines: CanvasEdge[]): CanvasEdge[] {
  const placed = new Map<string, number>();
  return lines.map((line) => {
    if (line.type !== "field" || line.data === undefined || line.data.conflicts === 0) return line;
    const end = line.targetHandle ?? "";
    const conflictPlace = placed.get(end) ?? 0;
    placed.set(end, conflictPlace + 1);
    return { ...line, data: { ...line.data, conflictPlace } };
  });
}

function withDashes(lines: CanvasEdge[]): CanvasEdge[] {
  const dashed = lines.filter((line) => line.type === "field" && line.data?.isDashed === true);
  if (dashed.length <= DASHED_MAX) return lines;
  return lines.map((line) =>
    line.type === "field" && line.data !== undefined
      ? { ...line, data: { ...line.data, isDashed: false } }
      : line,
  );
}
