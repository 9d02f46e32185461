import { describe, expect, test } from "vitest";
import { MapDocument } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";
import { applyEdit } from "../../../server/core/map/edits.ts";
import type { ObjectSchema } from "../../../server/core/map/object-schema.ts";
import { SHOP_MAP } from "../../../server/core/map/testing/shop-map.ts";
import { type ConnectPlan, planConnection } from "./connect.ts";
import { freeId, nameOfColumn } from "./free-id.ts";
import { emptyEntity, entityLike, newBinding } from "./new-things.ts";

function applied(edit: Edit, document: MapDocument = SHOP_MAP): MapDocument {
  const result = applyEdit(document, edit);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.document;
}

const column = (name: string, more: object = {}) => ({
  ...{ name, type: "text" as const, nativeType: "text", nullable: true },
  ...{ hasDefault: false, readOnly: false },
  ...more,
});

const ITEMS: ObjectSchema = {
  ...{ name: "public.items", kind: "table", key: ["id"], uniques: [], references: [] },
  columns: [
    column("id", { type: "integer", nullable: false, hasDefault: true, readOnly: true }),
    ...[column("code", { nullable: false }), column("name"), column("price_cents")],
    ...[column("qty", { type: "integer" }), column("colour")],
  ],
};

const plan = (of: string, field: string): ConnectPlan =>
  planConnection(SHOP_MAP, () => ITEMS, { binding: "shop-product", column: of, field });

function edgesAfter(edit: Edit): string[] {
  const binding = applied(edit).bindings.find(({ id }) => id === "shop-product");
  return (binding?.edges ?? []).map(
    ({ id, columns, fields, direction, steps }) =>
      `${id}: ${columns.join("+")} ${direction} ${fields.join("+")}${steps.length > 0 ? " *" : ""}`,
  );
}

describe("joining a column and a field", () => {
  test("that are both free draws an edge both ways", () => {
    const drawn = plan("qty", "stock");
    expect(drawn.kind).toBe("free");
    if (drawn.kind !== "free") return;
    expect(edgesAfter(drawn.way.edit)).toContain("stock: qty both stock");
    expect(drawn.way.edge).toBe("stock");
  });

  test("a column that its system computes is only read", () => {
    const drawn = plan("id", "stock");
    expect(drawn).toMatchObject({ kind: "free", way: { edit: { edge: { direction: "in" } } } });
  });

  test("that are joined already does nothing", () => {
    expect(plan("name", "name")).toEqual({ kind: "exists", edge: "name" });
  });

  test("replaces nothing unasked: a field that another column leads to", () => {
    const drawn = plan("colour", "name");
    expect(drawn).toMatchObject({ kind: "taken", message: "Name is joined with name already." });
    if (drawn.kind !== "taken") return;
    expect(drawn.ways.map(({ label }) => label)).toEqual([
      ...["Replace", "Join name and colour", "Only write Name there too"],
    ]);
    const after = drawn.ways.map(({ edit, edge }) =>
      edgesAfter(edit).filter((line) => line.startsWith(`${edge}:`)),
    );
    expect(after).toEqual([
      ["name: colour both name"],
      ["name: name+colour both name *"],
      ["name-2: colour out name"],
    ]);
  });

  test("replaces nothing unasked: a column that leads to another field", () => {
    const drawn = plan("name", "stock");
    if (drawn.kind !== "taken") throw new Error(drawn.kind);
    expect(drawn.message).toBe("name is joined with Name already.");
    expect(drawn.ways.map(({ label }) => label)).toEqual([
      ...["Replace", "Split into Name and Stock", "Only read name there too"],
    ]);
  });

  test("that both lead elsewhere replaces both", () => {
    const drawn = plan("code", "name");
    if (drawn.kind !== "taken") throw new Error(drawn.kind);
    const [way] = drawn.ways;
    expect(way === undefined ? [] : edgesAfter(way.edit)).toEqual([
      ...["price: price_cents both price *", "name: code both name"],
    ]);
  });

  test("of something that is gone is impossible", () => {
    expect(plan("qty", "weight").kind).toBe("impossible");
  });
});

describe("new things", () => {
  test("an entity like an object has its columns, its key, and an edge for each", () => {
    const { edit, entity } = entityLike(SHOP_MAP, "Product", "shop", ITEMS);
    expect(entity).toMatchObject({ id: "product-2", title: "name", matchKeys: [["id"]] });
    expect(entity.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      ...["Id integer", "Code text", "Name text", "Price cents text", "Qty integer"],
      "Colour text",
    ]);
    const document = applied(edit);
    const binding = document.bindings.at(-1);
    expect(binding).toMatchObject({ system: "shop", object: "public.items", entity: "product-2" });
    expect(binding?.edges[0]).toMatchObject({ direction: "in", columns: ["id"] });
    expect(MapDocument.safeParse(document).success).toBe(true);
  });

  test("an empty entity has a name", () => {
    const document = applied({ type: "add-entity", entity: emptyEntity(SHOP_MAP, "Supplier") });
    expect(document.entities.at(-1)).toMatchObject({ id: "supplier", title: "name" });
  });

  test("a binding never takes another's id", () => {
    const made = newBinding(SHOP_MAP, "product", { system: "erp", object: "public.more" });
    expect(made.id).toBe("erp-product-2");
  });
});

test.each([
  ["Größe (cm)", [], "grosse-cm"],
  ["price", ["price", "price-2"], "price-3"],
  ["123", [], "field"],
  ["2nd name", [], "nd-name"],
  ["名前", [], "field"],
])("the id for %j beside %j is %s", (name, taken, id) => {
  expect(freeId(name, taken)).toBe(id);
});

test.each([
  ["list_price", "List price"],
  ["givenName", "Given name"],
  ["SKU", "Sku"],
])("people call %s %s", (name, words) => {
  expect(nameOfColumn(name)).toBe(words);
});
