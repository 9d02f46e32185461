import type { LargeMap } from "./large-map.ts";
import type { Drawing } from "./naive/naive.tsx";

const WIDTH = 288;
const HEADER = 52;
const ROW = 28;
const GAP = 32;
/** Between the columns of boxes, as the product leaves it. */
const COLUMN_GAP = 176;
const ENTITY_WIDTH = 336;

/** The boxes, rows and lines of a map as the naive canvas takes them. */
export function naiveDrawing({ document, schemas }: LargeMap): Drawing {
  const [entity] = document.entities;
  if (entity === undefined) throw new Error("The map has no entity.");
  const fields = entity.fields.map(({ id }) => id);
  const nodes: Drawing["nodes"][number][] = [
    { id: "entity", type: "box", position: { x: 0, y: 0 }, data: { name: "Entity", rows: fields } },
  ];
  const tops = { left: 0, right: 0 };
  const sides = new Map(
    document.bindings.map(({ system }, at) => [system, at % 2 === 0 ? "left" : "right"] as const),
  );
  for (const [system, side] of sides) {
    const rows = (schemas.get(system)?.columns ?? []).map(({ name }) => name);
    const x = side === "left" ? -(WIDTH + COLUMN_GAP) : ENTITY_WIDTH + COLUMN_GAP;
    nodes.push({
      id: system,
      type: "box",
      position: { x, y: tops[side] },
      data: { name: system, rows },
    });
    tops[side] += HEADER + rows.length * ROW + GAP;
  }
  const edges = document.bindings.flatMap(({ system, edges: own }) =>
    own.flatMap(({ id, columns, fields: ends }) =>
      ends.map((field, at) => {
        const isLeft = sides.get(system) === "left";
        return {
          id: `${system}/${id}#${at}`,
          ...{ source: system, sourceHandle: `${columns[0]}-${isLeft ? "r" : "l"}` },
          ...{ target: "entity", targetHandle: `${field}-${isLeft ? "l" : "r"}` },
        };
      }),
    ),
  );
  return { nodes, edges };
}
