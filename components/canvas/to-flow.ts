import { Position } from "@xyflow/react";
import type { Binding, MapDocument } from "../../server/core/map/document.ts";
import { placePath } from "../../server/core/map/place.ts";
import { isSame } from "../../server/core/map/same.ts";
import { matchKeysWords } from "../../server/core/map/sentences.ts";
import { arrange, keepArranged, type Point, placeBoxes, type Side } from "./arrange.ts";
import { anchorsOf, type BoxItem, layOutBox } from "./box-items.ts";
import { type Change, entityRows } from "./entity-rows.ts";
import {
  type Anchor,
  anchorId,
  type CanvasNode,
  ENTITY_NODE,
  type EntityBox,
  type Flow,
  type FlowInput,
  type ProblemCounts,
  type RowMark,
  type SystemBox,
  type SystemState,
  systemNode,
} from "./flow-types.ts";
import {
  ENTITY_WIDTH,
  FOOT_HEIGHT,
  HEADER_ANCHOR,
  HEADER_HEIGHT,
  SYSTEM_WIDTH,
} from "./geometry.ts";
import { systemRows } from "./system-rows.ts";
import { toLines } from "./to-lines.ts";

/**
 * Draws one entity of a map as React Flow elements.
 *
 * One way only: document → flow → gesture → edit → document. Nothing of the map is ever read back
 * from the nodes, so what is on screen cannot differ from what will run.
 */
export function toFlow(input: FlowInput): Flow {
  const { document, entity } = input;
  const bindings = document.bindings.filter((binding) => binding.entity === entity.id);
  const boxes = new Map(bindings.map((binding) => [binding.id, systemBox(input, binding)]));
  const heights = new Map([...boxes].map(([id, { height }]) => [id, height]));
  const entityNode = entityBox(input);
  const arrangement =
    input.arrangement === null
      ? arrange(document, entity, heights, entityNode.data.height)
      : keepArranged(input.arrangement, document, entity, heights);
  const places = placeBoxes(arrangement, heights);
  const middle = entityNode.position.x + ENTITY_WIDTH / 2;
  const nodes: CanvasNode[] = [entityNode];
  for (const binding of bindings) {
    const box = boxes.get(binding.id);
    if (box === undefined) continue;
    const id = systemNode(binding.id);
    const position = input.moved.get(id) ?? places.get(binding.id) ?? { x: 0, y: 0 };
    const side: Side = position.x + SYSTEM_WIDTH / 2 < middle ? "left" : "right";
    nodes.push(systemElement(input, binding, { box, id, position, side }));
  }
  return { nodes, edges: toLines(input, nodes), arrangement };
}

type Box<Row> = {
  readonly items: BoxItem<Row>[];
  readonly height: number;
  readonly anchors: readonly Anchor[];
};

function boxOf<Row extends { readonly id: string }>(
  groups: Parameters<typeof layOutBox<Row>>[0],
  open: ReadonlySet<string>,
): Box<Row> {
  const { items, height } = layOutBox(groups, open);
  const rows = [...anchorsOf(items)].map(([id, y]) => ({ id, y }));
  const header = { id: HEADER_ANCHOR, y: HEADER_HEIGHT / 2 };
  return { items, height: height + FOOT_HEIGHT, anchors: [header, ...rows] };
}

function openOf(input: FlowInput, node: string): ReadonlySet<string> {
  const prefix = `${node}/`;
  const own = [...input.open].filter((id) => id.startsWith(prefix));
  return new Set(own.map((id) => id.slice(prefix.length)));
}

function systemBox(input: FlowInput, binding: Binding) {
  const { document, live, entity, schemaOf, unmappedOnly } = input;
  const schema = schemaOf(binding);
  const groups = systemRows({ document, live, entity, binding, schema, unmappedOnly });
  return boxOf(groups, openOf(input, systemNode(binding.id)));
}

function systemElement(
  input: FlowInput,
  binding: Binding,
  at: { box: ReturnType<typeof systemBox>; id: string; position: Point; side: Side },
): SystemBox {
  const { document } = input;
  const { box, id, position, side } = at;
  const system = document.systems.find((one) => one.id === binding.system);
  const state = stateOf(input, binding.system);
  const mapped = new Set(binding.edges.flatMap(({ columns }) => columns));
  return {
    ...{ id, type: "system", position, width: SYSTEM_WIDTH, height: box.height },
    handles: handlesOf(box.anchors, "source", SYSTEM_WIDTH),
    dragHandle: ".box-header",
    ariaRole: "group",
    ariaLabel: `${system?.name ?? binding.system} ${binding.object}`,
    data: {
      binding: binding.id,
      system: {
        ...(system ?? { name: binding.system, code: "??", line: 11 }),
        stale: state.kind === "paused" || state.kind === "failed",
      },
      ...{ object: binding.object, side, state, ...box },
      mapped: mapped.size,
      columns: input.schemaOf(binding)?.columns.length ?? 0,
      change: bindingChange(input.live, binding),
      problems: input.problems.get(placePath({ binding: binding.id })) ?? null,
      marks: columnMarks(input, binding),
      suggested: binding.edges
        .filter((edge) => input.suggested.has(`${binding.id}/${edge.id}`))
        .flatMap((edge) => edge.columns),
    },
  };
}

/** Whether the draft added the binding, or changed what it does beside its edges. */
function bindingChange(live: MapDocument | null, binding: Binding): Change | null {
  if (live === null) return null;
  const was = live.bindings.find(({ id }) => id === binding.id);
  if (was === undefined) return "added";
  return isSame({ ...was, edges: [] }, { ...binding, edges: [] }) ? null : "changed";
}

function stateOf({ facts }: FlowInput, system: string): SystemState {
  const found = facts.systems.find(({ id }) => id === system);
  if (found === undefined) return { kind: "unknown" };
  if (found.failure !== null) return { kind: "failed", words: found.failure };
  const paused = [
    ...(found.readingPaused ? ["reading"] : []),
    ...(found.writingPaused ? ["writing"] : []),
  ];
  if (paused.length === 0) return { kind: "ok" };
  return { kind: "paused", words: `Paused: ${paused.join(" and ")}` };
}

function entityBox(input: FlowInput): EntityBox {
  const { document, live, entity, facts } = input;
  const groups = entityRows(document, live, entity, input.unmappedOnly);
  const box = boxOf(groups, openOf(input, ENTITY_NODE));
  const matching = matchKeysWords(entity);
  return {
    ...{ id: ENTITY_NODE, type: "entity", width: ENTITY_WIDTH, height: box.height },
    position: input.moved.get(ENTITY_NODE) ?? { x: 0, y: 0 },
    handles: handlesOf(box.anchors, "target", ENTITY_WIDTH),
    dragHandle: ".box-header",
    ariaRole: "group",
    ariaLabel: entity.name,
    data: {
      ...{ entity: entity.id, name: entity.name, records: facts.records, ...box },
      fields: entity.fields.length,
      matching: entity.matchKeys.length === 0 ? matching : `matched by ${matching}`,
      problems: input.problems.get(placePath({ entity: entity.id })) ?? null,
      marks: fieldMarks(input),
    },
  };
}

/**
 * Anchors that React Flow may trust before a box was ever drawn; they are also in the drawn box,
 * where it measures them again.
 */
function handlesOf(anchors: readonly Anchor[], type: "source" | "target", width: number) {
  return anchors.flatMap(({ id, y }) => [
    { id: anchorId("left", id), type, position: Position.Left, x: 0, y, width: 1, height: 1 },
    { id: anchorId("right", id), type, position: Position.Right, x: width, y, width: 1, height: 1 },
  ]);
}

const NO_PROBLEMS: ProblemCounts = { errors: 0, warnings: 0 };

function fieldMarks({ entity, facts, problems }: FlowInput): Record<string, RowMark> {
  return Object.fromEntries(
    entity.fields.map(({ id }): [string, RowMark] => {
      const own = problems.get(placePath({ entity: entity.id, field: id })) ?? NO_PROBLEMS;
      const question = facts.questions.find(({ field }) => field === id);
      const held = facts.held.filter(({ field }) => field === id);
      return [id, { ...own, conflicts: question?.count ?? 0, held: sum(held) }];
    }),
  );
}

function columnMarks({ facts, problems }: FlowInput, binding: Binding): Record<string, RowMark> {
  const marks: Record<string, RowMark> = {};
  for (const edge of binding.edges) {
    const own = problems.get(placePath({ binding: binding.id, edge: edge.id })) ?? NO_PROBLEMS;
    const held = facts.held.filter(
      (one) => one.binding === binding.id && edge.fields.includes(one.field),
    );
    for (const column of edge.columns) {
      const before = marks[column] ?? { ...NO_PROBLEMS, conflicts: 0, held: 0 };
      marks[column] = {
        conflicts: 0,
        held: before.held + sum(held),
        errors: before.errors + own.errors,
        warnings: before.warnings + own.warnings,
      };
    }
  }
  return marks;
}

function sum(items: readonly { readonly count: number }[]): number {
  return items.reduce((total, { count }) => total + count, 0);
}
