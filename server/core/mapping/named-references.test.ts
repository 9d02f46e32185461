import { describe, expect, test } from "vitest";
import type { RecordId } from "../ids.ts";
import { checkMap } from "../map/check.ts";
import { type Edge, MapDocument } from "../map/document.ts";
import type { ColumnSchema, ObjectSchema } from "../map/object-schema.ts";
import { compileBinding } from "./compile-binding.ts";
import { NOBODY, type Refer, SHARED } from "./refer.ts";
import { nameRows } from "./row-naming.ts";

const columnOf = (name: string, more: Partial<ColumnSchema> = {}): ColumnSchema => ({
  ...{ name, type: "text", nativeType: "text", nullable: true, hasDefault: false, readOnly: false },
  ...more,
});

const objectOf = (
  name: string,
  columns: readonly ColumnSchema[],
  more: Partial<ObjectSchema> = {},
): ObjectSchema => ({
  ...{ name, kind: "table", key: ["id"], columns: [...columns], uniques: [], references: [] },
  ...more,
});

const COUNTRIES = objectOf(
  "countries",
  [columnOf("id"), columnOf("name"), columnOf("code"), columnOf("region")],
  { uniques: [["code"], ["region", "name"]] },
);
const led = (...targets: string[]) => [{ columns: ["country"], object: "countries", targets }];
const customers = (references: ObjectSchema["references"] = []) =>
  objectOf("customers", [columnOf("id"), columnOf("country")], { references });

const mapWith = (edge: Partial<Edge>) =>
  MapDocument.parse({
    format: 1,
    systems: [{ id: "erp", name: "ERP", code: "ER", line: 1 }],
    entities: [
      {
        ...{ id: "country", name: "Country", title: "name", matchKeys: [["name"]] },
        fields: [{ id: "name", name: "Name", type: "text" }],
      },
      {
        ...{ id: "customer", name: "Customer", title: "number", matchKeys: [["number"]] },
        fields: [
          { id: "number", name: "Number", type: "text" },
          { id: "country", name: "Country", type: "reference", options: { entity: "country" } },
        ],
      },
    ],
    bindings: [
      {
        ...{ id: "countries", system: "erp", object: "countries", entity: "country" },
        edges: [{ id: "name", columns: ["name"], fields: ["name"] }],
      },
      {
        ...{ id: "customers", system: "erp", object: "customers", entity: "customer" },
        edges: [
          { id: "number", columns: ["id"], fields: ["number"] },
          { id: "country", columns: ["country"], fields: ["country"], ...edge },
        ],
      },
    ],
  });

const GERMANY = "germany" as RecordId;
const naming = nameRows({ binding: "countries", object: "countries", columns: ["code"] }, null);

describe("a reference by another column than the key", () => {
  const document = mapWith({ refersBy: ["code"] });
  const [, binding] = document.bindings;
  if (binding === undefined) throw new Error("The map has no customers.");
  const schemaOf = (name: string) => (name === "countries" ? COUNTRIES : null);
  const mapping = compileBinding({ document, binding, schema: customers(), schemaOf });
  const known = (of: Partial<Refer>): Refer => ({ ...NOBODY, ...of });
  const write = (refer: Refer) =>
    mapping.backward({
      ...{ values: { country: GERMANY }, due: new Set(["country"]), previous: null, refer },
    });

  test("is read by that column, and written in it", () => {
    const refer = known({
      recordOf: (space, name) =>
        space === naming.space && name === naming.keyOf("DE") ? GERMANY : undefined,
      rowOf: (space) => (space === naming.space ? "DE" : undefined),
    });
    expect(mapping.forward({ country: "DE" }, null, refer).fields).toEqual({ country: GERMANY });
    expect(write(refer)).toMatchObject({ columns: { country: "DE" }, problems: [] });
  });

  test("says what it waits for, and that a name is shared", () => {
    const [missing] = mapping.forward({ country: "DE" }, null, NOBODY).problems;
    expect(missing).toMatchObject({
      code: "reference-missing",
      message: "The row with code DE of countries, which it refers to, is no record yet.",
      awaits: { binding: naming.space, row: naming.keyOf("DE") },
    });
    const shared = known({ recordOf: () => SHARED, rowOf: () => SHARED });
    expect(mapping.forward({ country: "DE" }, null, shared).problems).toMatchObject([
      { code: "reference-shared", awaits: { row: naming.keyOf("DE") } },
    ]);
    expect(write(shared).problems).toMatchObject([
      { code: "reference-shared", awaits: { record: GERMANY } },
    ]);
  });
});

describe("names of rows", () => {
  const named = (columns: string[], of: Record<string, Partial<ColumnSchema>>) =>
    nameRows(
      { binding: "b", object: "o", columns },
      objectOf(
        "o",
        columns.map((name) => columnOf(name, of[name])),
      ),
    );

  test("are one where the system takes them for one", () => {
    const { keyOf } = named(["code"], { code: { ignoresCase: true } });
    expect(keyOf("ab-1")).toBe(keyOf("AB-1"));
    expect(named(["code"], {}).keyOf("ab-1")).not.toBe(named(["code"], {}).keyOf("AB-1"));
    const amount = named(["amount"], { amount: { type: "decimal" } });
    expect(amount.keyOf("7")).toBe(amount.keyOf("7.00"));
  });

  test("are of several columns, and none where one of them is missing or nobody has told it", () => {
    const { nameOf, keyOf } = named(["region", "no"], { no: { type: "integer" } });
    const name = nameOf({ region: "EU", no: "7" });
    expect(name).toBe('["EU","7"]');
    expect(keyOf(name ?? "")).toBe(keyOf('["EU","7"]'));
    expect(nameOf({ region: "EU", no: null })).toBeNull();
    expect(nameOf({ region: "EU" })).toBeUndefined();
  });
});

describe("the check of a map", () => {
  const messages = (edge: Partial<Edge>, references: ObjectSchema["references"] = []) =>
    checkMap(mapWith(edge), { erp: [COUNTRIES, customers(references)] }).map(
      ({ severity, message }) => `${severity}: ${message}`,
    );

  test("takes a foreign key to a unique column where the edge says so, and says how", () => {
    expect(messages({ refersBy: ["code"] }, led("code"))).toEqual([]);
    expect(messages({}, led("code")).join()).toContain("Say in the edge that it refers by code.");
    expect(messages({ refersBy: ["region"] }, led("code")).join()).toContain("which is not region");
    // By the key itself, said or not.
    expect(messages({ refersBy: ["id"] }, led("id"))).toEqual([]);
  });

  test.each<[Partial<Edge>, string]>([
    [
      { refersBy: ["cod"] },
      "error: ERP customers: Country refers by cod, and countries has no such",
    ],
    [{ refersBy: ["region", "name"] }, "by region, name. Draw the edge from as many columns"],
    [{ refersBy: ["region"] }, "warning: "],
    [{ fields: ["number"], id: "x", refersBy: ["code"] }, "leads to no reference to a record"],
  ])("%j", (edge, expected) => {
    expect(messages(edge).join("\n")).toContain(expected);
  });
});
