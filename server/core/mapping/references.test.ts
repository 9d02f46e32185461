import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordId } from "../ids.ts";
import { checkMap } from "../map/check.ts";
import { MapDocument } from "../map/document.ts";
import type { ObjectSchema } from "../map/object-schema.ts";
import { lawRuns } from "../testing/law-runs.ts";
import type { Columns } from "../values/field-value.ts";
import { compileBinding } from "./compile-binding.ts";
import { NOBODY, type Refer } from "./refer.ts";

const one = (column: string, field: string) => ({ id: field, columns: [column], fields: [field] });
const reference = { type: "reference", options: { entity: "person" } };

function schemaOf(
  name: string,
  columns: string[],
  references: ObjectSchema["references"] = [],
): ObjectSchema {
  const text = { type: "text", nativeType: "text", nullable: true } as const;
  const columnOf = (column: string) => ({
    ...{ ...text, name: column, hasDefault: false, readOnly: false },
  });
  const all = columns.map(columnOf);
  return { name, kind: "table", key: ["id"], columns: all, uniques: [], references };
}

function mapWith(people: readonly string[]) {
  return MapDocument.parse({
    format: 1,
    systems: [{ id: "crm", name: "CRM", code: "CR", line: 1 }],
    entities: [
      {
        ...{ id: "person", name: "Person", title: "name", matchKeys: [["name"]] },
        fields: [{ id: "name", name: "Name", type: "text" }],
      },
      {
        ...{ id: "task", name: "Task", title: "title", matchKeys: [["title"]] },
        fields: [
          { id: "title", name: "Title", type: "text" },
          { id: "owner", name: "Owner", ...reference },
        ],
      },
    ],
    bindings: [
      ...people.map((object) => ({
        ...{ id: object, system: "crm", object, entity: "person" },
        edges: [one("name", "name")],
      })),
      {
        ...{ id: "tasks", system: "crm", object: "tasks", entity: "task" },
        edges: [one("title", "title"), one("owner_id", "owner")],
      },
    ],
  });
}

const FOREIGN_KEY = [{ columns: ["owner_id"], object: "guests", targets: ["id"] }];
const schemas = (references: ObjectSchema["references"] = []) => ({
  crm: [
    schemaOf("people", ["id", "name"]),
    schemaOf("guests", ["id", "name"]),
    schemaOf("tasks", ["id", "title", "owner_id"], references),
  ],
});

function tasks(document: MapDocument, references: ObjectSchema["references"] = []) {
  const binding = document.bindings.find(({ id }) => id === "tasks");
  const schema = schemas(references).crm.find(({ name }) => name === "tasks") ?? null;
  if (binding === undefined) throw new Error("The map has no tasks.");
  return compileBinding({ document, binding, schema });
}

const ANA = "ana" as RecordId;
const KNOWN: Refer = {
  ...NOBODY,
  recordOf: (binding, row) => (binding === "people" && row === "7" ? ANA : undefined),
  rowOf: (binding, record) => (binding === "people" && record === ANA ? "7" : undefined),
};

describe("a reference", () => {
  const mapping = tasks(mapWith(["people"]));

  test("is read as the record of the row, and written as the row of the record", () => {
    const { fields } = mapping.forward({ owner_id: "7" }, null, KNOWN);
    expect(fields).toEqual({ owner: ANA });
    const due = new Set(["owner"]);
    const written = mapping.backward({ values: { owner: ANA }, due, previous: null, refer: KNOWN });
    expect(written).toMatchObject({ columns: { owner_id: "7" }, problems: [] });
    expect(mapping.readBack({ owner_id: "7" }, "owner", KNOWN)).toEqual({
      ...{ kind: "field", value: ANA },
    });
  });

  test("to nobody stays nobody", () => {
    expect(mapping.forward({ owner_id: null }, null, NOBODY).fields).toEqual({ owner: null });
  });

  test("that leads nowhere yet is a problem that says what it waits for", () => {
    const read = mapping.forward({ owner_id: "8" }, null, KNOWN);
    expect(read.fields).toEqual({});
    expect(read.problems).toMatchObject([
      { field: "owner", code: "reference-missing", awaits: { binding: "people", row: "8" } },
    ]);
    const due = new Set(["owner"]);
    const values = { owner: "bea" };
    const written = mapping.backward({ values, due, previous: null, refer: KNOWN });
    expect(written.columns).toEqual({});
    expect(written.problems).toMatchObject([
      { field: "owner", code: "reference-missing", awaits: { binding: "people", record: "bea" } },
    ]);
  });

  test("leads to the object of its foreign key where its entity has several", () => {
    const mapped = tasks(mapWith(["people", "guests"]), FOREIGN_KEY);
    expect(mapped.namedRows({ owner_id: "7" }, null)).toEqual([
      { binding: "guests", externalId: "7" },
    ]);
  });
});

/** Orders name their customer by company and number, in another order than customers are named. */
describe("a reference by a key of several columns", () => {
  const document = MapDocument.parse({
    format: 1,
    systems: [{ id: "erp", name: "ERP", code: "ER", line: 1 }],
    entities: [
      {
        ...{ id: "customer", name: "Customer", title: "name", matchKeys: [["name"]] },
        fields: [{ id: "name", name: "Name", type: "text" }],
      },
      {
        ...{ id: "order", name: "Order", title: "number", matchKeys: [["number"]] },
        fields: [
          { id: "number", name: "Number", type: "text" },
          { id: "buyer", name: "Buyer", type: "reference", options: { entity: "customer" } },
        ],
      },
    ],
    bindings: [
      {
        ...{ id: "customers", system: "erp", object: "customers", entity: "customer" },
        edges: [one("name", "name")],
      },
      {
        ...{ id: "orders", system: "erp", object: "orders", entity: "order" },
        edges: [
          one("id", "number"),
          { id: "buyer", columns: ["buyer_no", "company"], fields: ["buyer"] },
        ],
      },
    ],
  });
  const toCustomers = (targets: string[]) => [
    { columns: ["buyer_no", "company"], object: "customers", targets },
  ];
  const known = (targets: string[], required = false) => {
    const customers = {
      ...schemaOf("customers", ["company", "no", "name"]),
      key: ["company", "no"],
    };
    const orders = schemaOf("orders", ["id", "buyer_no", "company"], toCustomers(targets));
    const columns = orders.columns.map((column) =>
      column.name === "company" && required ? { ...column, nullable: false } : column,
    );
    return { erp: [customers, { ...orders, columns }] };
  };
  const orders = (required = false) => {
    const binding = document.bindings[1];
    if (binding === undefined) throw new Error("The map has no orders.");
    const { erp } = known(["no", "company"], required);
    const schemaOf = (object: string) => erp.find(({ name }) => name === object) ?? null;
    return compileBinding({ document, binding, schema: erp[1] ?? null, schemaOf });
  };
  const write = (buyer: string | null, previous: Columns | null, refer: Refer, required = false) =>
    orders(required).backward({ values: { buyer }, due: new Set(["buyer"]), previous, refer });

  test("reads as the record of the row, and is written in its columns, whatever the parts are", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (company, no) => {
        const id = JSON.stringify([company, no]);
        const refer: Refer = {
          ...NOBODY,
          recordOf: (binding, row) => (binding === "customers" && row === id ? ANA : undefined),
          rowOf: (binding, record) => (binding === "customers" && record === ANA ? id : undefined),
        };
        const row = { buyer_no: no, company };
        expect(orders().forward(row, null, refer).fields).toEqual({ buyer: ANA });
        expect(write(ANA, null, refer)).toMatchObject({ columns: row, problems: [] });
        expect(orders().namedRows(row, null)).toEqual([{ binding: "customers", externalId: id }]);
      }),
      lawRuns(100),
    );
  });

  test("takes the part that was not told from before", () => {
    const before = { buyer_no: "1", company: "DE" };
    const named = orders().namedRows({ buyer_no: "7" }, before);
    expect(named).toEqual([{ binding: "customers", externalId: '["DE","7"]' }]);
  });

  test("of which a part is missing leads to nobody, and clearing keeps what the row needs", () => {
    const { fields, problems } = orders().forward({ buyer_no: null, company: "DE" }, null, NOBODY);
    expect({ fields, problems }).toEqual({ fields: { buyer: null }, problems: [] });
    const before = { buyer_no: "7", company: "DE" };
    expect(write(null, before, NOBODY)).toMatchObject({
      columns: { buyer_no: null, company: null },
    });
    expect(write(null, before, NOBODY, true)).toMatchObject({
      columns: { buyer_no: null, company: "DE" },
    });
  });

  test("waits for the row that it names, by all parts of its key", () => {
    const { problems } = orders().forward({ buyer_no: "8", company: "DE" }, null, NOBODY);
    expect(problems).toMatchObject([
      { code: "reference-missing", awaits: { binding: "customers", row: '["DE","8"]' } },
    ]);
  });

  test("is checked: to the key it can be followed, to anything else it cannot yet", () => {
    const errors = (targets: string[], edited = document) =>
      checkMap(edited, known(targets)).flatMap(({ severity, message }) =>
        severity === "error" ? [message] : [],
      );
    expect(errors(["no", "company"])).toEqual([]);
    expect(errors(["no", "region"]).join()).toContain("is not the key of its rows (company, no)");
    const alone = structuredClone(document);
    alone.bindings[1]?.edges[1]?.columns.pop();
    expect(errors(["no", "company"], alone).join()).toContain("whose key is company, no");
  });
});

describe("a map is checked for references that nobody could translate", () => {
  const messages = (document: MapDocument) =>
    checkMap(document, schemas()).flatMap(({ severity, message }) =>
      severity === "error" ? [message] : [],
    );

  test.each([
    [[], "no object of CRM is bound to it"],
    [["people", "guests"], "2 objects of CRM are bound to it"],
  ])("%j", (people, expected) => {
    expect(messages(mapWith(people)).join()).toContain(expected);
  });

  test("one is none, whatever type the keys are of", () => {
    const [people, guests, tasks] = schemas().crm;
    const columns = tasks?.columns.map((one) =>
      one.name === "owner_id" ? { ...one, type: "integer" as const } : one,
    );
    const numbered = [people, guests, { ...tasks, columns }] as ObjectSchema[];
    expect(checkMap(mapWith(["people"]), { crm: numbered })).toEqual([]);
  });

  test("to an entity that is not there", () => {
    const document = mapWith(["people"]);
    const without = { ...document, entities: document.entities.slice(1), bindings: [] };
    expect(messages(without).join()).toContain("refers to the entity person");
  });
});
