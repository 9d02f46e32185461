import { describe, expect, test } from "vitest";
import type { MapDocument } from "../../server/core/map/document.ts";
import type { Edit } from "../../server/core/map/edits/edit.ts";
import { groupEdit } from "../../server/core/map/edits/groups.ts";
import { applyEdit } from "../../server/core/map/edits.ts";
import type { ObjectSchema } from "../../server/core/map/object-schema.ts";
import { SHOP_MAP } from "../../server/core/map/testing/shop-map.ts";
import { type CanvasNode, type FlowInput, NO_FACTS, type SystemBox } from "./flow-types.ts";
import { ROW_HEIGHT } from "./geometry.ts";
import { toFlow } from "./to-flow.ts";

const column = { type: "text", nativeType: "text", nullable: true } as const;
const plain = { ...column, hasDefault: false, readOnly: false };
const none = { kind: "table", uniques: [], references: [] } as const;

const SCHEMAS: Record<string, ObjectSchema> = {
  "public.products": {
    ...{ ...none, uniques: [], references: [], name: "public.products", key: ["sku"] },
    columns: ["stock", "price", "title", "sku", "colour", "weight"].map((name) => ({
      ...plain,
      name,
    })),
  },
};

function inputOf(changes: Partial<FlowInput> = {}): FlowInput {
  const document = changes.document ?? SHOP_MAP;
  const [entity] = document.entities;
  if (entity === undefined) throw new Error("The map for tests has an entity.");
  return {
    ...{ document, entity, live: null, facts: NO_FACTS, arrangement: null, level: "rows" },
    schemaOf: ({ object }) => SCHEMAS[object] ?? null,
    ...{ problems: new Map(), open: new Set(), moved: new Map(), suggested: new Set() },
    unmappedOnly: false,
    ...changes,
  };
}

function edited(edit: Edit, document: MapDocument = SHOP_MAP): MapDocument {
  const result = applyEdit(document, edit);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.document;
}

function systemBoxOf(nodes: readonly CanvasNode[], binding: string): SystemBox {
  const box = nodes.find((node) => node.id === `binding:${binding}`);
  if (box?.type !== "system") throw new Error(`There is no box of ${binding}.`);
  return box;
}

const words = (node: CanvasNode) =>
  node.data.items.map((item) => (item.kind === "row" ? item.id : `(${item.label})`));

describe("boxes", () => {
  const { nodes } = toFlow(inputOf());

  test("the entity stands in the middle and its systems at both sides", () => {
    const at = Object.fromEntries(nodes.map(({ id, position }) => [id, position.x]));
    expect(at["entity"]).toBe(0);
    expect(at["binding:erp-product"]).toBeLessThan(0);
    expect(at["binding:shop-product"]).toBeGreaterThan(0);
  });

  test("a system's rows: key, mapped in the order of the fields, the rest folded", () => {
    expect(words(systemBoxOf(nodes, "erp-product"))).toEqual([
      ...["(Key)", "sku", "(Mapped)", "title", "price", "stock", "(2 unmapped)"],
    ]);
  });

  test("an opened fold shows its rows, and the box grows by them", () => {
    const open = new Set(["binding:erp-product/unmapped"]);
    const wide = systemBoxOf(toFlow(inputOf({ open })).nodes, "erp-product");
    expect(words(wide).slice(-3)).toEqual(["(2 unmapped)", "colour", "weight"]);
    const folded = systemBoxOf(nodes, "erp-product");
    expect(wide.data.height - folded.data.height).toBe(2 * ROW_HEIGHT);
  });

  test("columns that a system does not have are still shown where the map names them", () => {
    const box = systemBoxOf(nodes, "shop-product");
    expect(words(box)).toEqual(["(Mapped)", "code", "name", "price_cents"]);
  });

  test("more than 24 rows are folded away, and their lines end at the fold", () => {
    const fields = Array.from({ length: 30 }, (_, at) => ({
      ...{ id: `f${at}`, name: `F ${at}`, type: "text" as const, validation: [] },
      policy: { kind: "review" as const },
    }));
    const [product] = SHOP_MAP.entities;
    if (product === undefined) throw new Error("The map for tests has an entity.");
    const document = { ...SHOP_MAP, entities: [{ ...product, title: "f0", fields }], bindings: [] };
    const [entity] = toFlow(inputOf({ document })).nodes;
    expect(entity?.data.items).toHaveLength(25);
    const places = entity?.data.anchors.filter(({ id }) => ["f24", "f29"].includes(id));
    expect(places?.[0]?.y).toBe(places?.[1]?.y);
    expect(entity?.data.anchors).toHaveLength(31);
  });

  test("anchors that React Flow is told equal those that are drawn", () => {
    for (const { handles, data } of nodes) {
      expect(handles).toHaveLength(2 * data.anchors.length);
      expect(new Set(handles?.map(({ y }) => y))).toEqual(new Set(data.anchors.map(({ y }) => y)));
    }
  });

  test("a moved box stays where it was put, and turns its anchors to the entity", () => {
    const moved = new Map([["binding:erp-product", { x: 900, y: 7 }]]);
    const flow = toFlow(inputOf({ moved }));
    expect(systemBoxOf(flow.nodes, "erp-product").position).toEqual({ x: 900, y: 7 });
    const line = flow.edges.find(({ id }) => id === "erp-product/price#0");
    expect(line).toMatchObject({ sourceHandle: "left:price", targetHandle: "right:price" });
  });

  test("problems, questions and held values are counted at their rows", () => {
    const facts = {
      ...NO_FACTS,
      questions: [{ field: "price", count: 5, systems: { erp: 5, shop: 3 } }],
      held: [{ binding: "shop-product", field: "name", way: "out" as const, count: 2 }],
    };
    const problems = new Map([["binding:erp-product/edge:title", { errors: 1, warnings: 0 }]]);
    const flow = toFlow(inputOf({ facts, problems }));
    const [entity] = flow.nodes;
    expect(entity?.data.marks["price"]).toMatchObject({ conflicts: 5 });
    expect(systemBoxOf(flow.nodes, "shop-product").data.marks["name"]).toMatchObject({ held: 2 });
    const data = (id: string) => flow.edges.find((line) => line.id === id)?.data;
    expect(data("shop-product/price#0")).toMatchObject({ conflicts: 3, failing: null });
    expect(data("shop-product/name#0")).toMatchObject({ conflicts: 0, failing: "system" });
  });
});

describe("under a lens", () => {
  test("unmapped only leaves the columns that lead to no field, and no line is drawn", () => {
    const flow = toFlow(inputOf({ unmappedOnly: true }));
    expect(words(systemBoxOf(flow.nodes, "erp-product"))).toEqual([
      ...["(Unmapped)", "colour", "weight"],
    ]);
    const [entity] = flow.nodes;
    expect(entity === undefined ? [] : words(entity)).toEqual(["stock"]);
    expect(entity?.data).toMatchObject({ fields: 4 });
    expect(flow.edges).toEqual([]);
    expect(toFlow(inputOf()).edges.length).toBeGreaterThan(0);
  });

  test("a folded group keeps every line, at its row", () => {
    const to = { name: "Value", fields: ["price", "stock"], policy: { kind: "review" as const } };
    const document = edited(groupEdit(inputOf().entity, { group: "value", to }));
    const folded = toFlow(inputOf({ document, open: new Set(["entity/together:value"]) }));
    const unfolded = toFlow(inputOf({ document }));
    expect(folded.edges.map(({ id }) => id)).toEqual(unfolded.edges.map(({ id }) => id));
    const places = folded.nodes[0]?.data.anchors.filter(({ id }) => to.fields.includes(id));
    expect(new Set(places?.map(({ y }) => y)).size).toBe(1);
  });
});

describe("lines", () => {
  test("say what the system is to the field", () => {
    const meanings = toFlow(inputOf()).edges.map((line) =>
      line.type === "field" ? `${line.id} ${line.data?.meaning}` : line.id,
    );
    expect(meanings).toEqual([
      "erp-product/sku#0 contributes-both",
      "erp-product/name#0 contributes-both",
      "erp-product/price#0 owner-both",
      "erp-product/stock#0 owner-both",
      "shop-product/sku#0 contributes-both",
      "shop-product/name#0 contributes-both",
      "shop-product/price#0 contributes-both",
    ]);
  });

  test("the draft's own are marked against the live version, and what it removes is shown", () => {
    const price = { binding: "shop-product", edge: "price" };
    const document = edited({
      type: "batch",
      label: "Several",
      edits: [
        { type: "disconnect", binding: "erp-product", edge: "stock" },
        { type: "change-edge", ...price, changes: { direction: "in" } },
        {
          type: "connect",
          binding: "shop-product",
          edge: {
            ...{ id: "stock", columns: ["left"], fields: ["stock"], steps: [] },
            direction: "in",
          },
        },
      ],
    });
    const { edges } = toFlow(inputOf({ document, live: SHOP_MAP }));
    const changes = edges.flatMap((line) =>
      line.type === "field" && line.data?.change ? [`${line.id} ${line.data.change}`] : [],
    );
    expect(changes).toEqual([
      "erp-product/stock#0 removed",
      "shop-product/price#0 changed",
      "shop-product/stock#0 added",
    ]);
  });

  test("an edge of several columns or fields has a strand for each", () => {
    const document = edited({
      type: "change-edge",
      ...{ binding: "erp-product", edge: "name" },
      changes: { columns: ["title"], fields: ["name", "stock"] },
    });
    const strands = toFlow(inputOf({ document })).edges.filter(({ id }) =>
      id.startsWith("erp-product/name"),
    );
    expect(strands.map(({ sourceHandle, targetHandle }) => [sourceHandle, targetHandle])).toEqual([
      ["right:title", "left:name"],
      ["right:title", "left:stock"],
    ]);
    expect(strands[0]?.domAttributes).toMatchObject({ "data-trace": "name stock" });
  });

  test("from afar one ribbon stands for all of a box", () => {
    const { edges } = toFlow(inputOf({ level: "headers" }));
    expect(edges.map(({ id, data }) => [id, data])).toEqual([
      ["ribbon:erp-product", { binding: "erp-product", edges: 4, conflicts: 0, line: null }],
      ["ribbon:shop-product", { binding: "shop-product", edges: 3, conflicts: 0, line: null }],
    ]);
  });
});

describe("the arrangement", () => {
  test("holds while the map changes, so that no box jumps", () => {
    const before = toFlow(inputOf());
    const binding = {
      ...{ id: "crm-product", system: "crm", object: "public.things", entity: "product" },
      ...{ createsRecords: true, createsRows: true, staleSecondsMax: 5, edges: [] },
      ...{ whenRowGone: "review" as const, whenRecordDeleted: "review" as const },
    };
    const document = edited({ type: "add-binding", binding, at: 0 });
    const after = toFlow(inputOf({ document, arrangement: before.arrangement }));
    for (const { id, position } of before.nodes) {
      expect(after.nodes.find((node) => node.id === id)?.position).toEqual(position);
    }
    expect(after.arrangement).toEqual({
      left: ["erp-product"],
      right: ["shop-product", "crm-product"],
      top: before.arrangement.top,
    });
  });
});
