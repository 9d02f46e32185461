import { describe, expect, test } from "vitest";
import { type Binding, MapDocument } from "../../../server/core/map/document.ts";
import type { ObjectSchema } from "../../../server/core/map/object-schema.ts";
import { planConnection } from "./connect.ts";
import { waysToRefer } from "./refers-by.ts";

const column = (name: string) => ({
  ...{ name, type: "text" as const, nativeType: "text", nullable: true },
  ...{ hasDefault: false, readOnly: false },
});

const COUNTRIES: ObjectSchema = {
  ...{ name: "countries", kind: "table", key: ["id"], uniques: [["code"], ["region", "no"]] },
  ...{ columns: ["id", "name", "code"].map(column), references: [] },
};
const customers = (targets: string[]): ObjectSchema => ({
  ...{ name: "customers", kind: "table", key: ["id"], uniques: [] },
  columns: ["id", "country_code"].map(column),
  references: [{ columns: ["country_code"], object: "countries", targets }],
});

const MAP = MapDocument.parse({
  format: 1,
  systems: [{ id: "erp", name: "ERP", code: "ER", line: 1 }],
  entities: [
    {
      ...{ id: "country", name: "Country", title: "name" },
      fields: [{ id: "name", name: "Name", type: "text" }],
    },
    {
      ...{ id: "customer", name: "Customer", title: "country" },
      fields: [
        { id: "country", name: "Country", type: "reference", options: { entity: "country" } },
      ],
    },
  ],
  bindings: [
    { id: "countries", system: "erp", object: "countries", entity: "country" },
    { id: "customers", system: "erp", object: "customers", entity: "customer" },
  ],
});

const drawn = (targets: string[]) => {
  const schemaOf = ({ object }: Binding) =>
    object === "countries" ? COUNTRIES : customers(targets);
  const joint = { binding: "customers", column: "country_code", field: "country" };
  return planConnection(MAP, schemaOf, joint);
};

describe("an edge to a reference", () => {
  test("refers by the columns that its foreign key leads to", () => {
    expect(drawn(["code"])).toMatchObject({ way: { edit: { edge: { refersBy: ["code"] } } } });
  });

  test("says nothing of it where that is the key", () => {
    expect(drawn(["id"])).toMatchObject({ kind: "free" });
    expect(JSON.stringify(drawn(["id"]))).not.toContain("refersBy");
  });
});

test("rows may be named by as many columns as the edge has, unique ones first", () => {
  expect(waysToRefer(COUNTRIES, 1)).toEqual([
    { columns: ["code"], isUnique: true },
    { columns: ["name"], isUnique: false },
  ]);
  expect(waysToRefer(COUNTRIES, 2)).toEqual([{ columns: ["region", "no"], isUnique: true }]);
});
