import { describe, expect, test } from "vitest";
import { type Edge, MapDocument } from "../map/document.ts";
import { ObjectSchema } from "../map/object-schema.ts";
import type { Columns, FieldValues } from "../values/field-value.ts";
import { compileBinding, findBindingProblems, type WriteRequest } from "./compile-binding.ts";
import { AS_SPELLED } from "./refer.ts";

const FIELDS = [
  { id: "name", type: "text", validation: [{ kind: "required" }, { kind: "length", max: 30 }] },
  { id: "given", type: "text" },
  { id: "family", type: "text" },
  { id: "price", type: "decimal" },
  { id: "state", type: "enum", options: { values: ["active", "gone"] } },
  { id: "mail", type: "text", options: { ignoreCase: true } },
  { id: "live", type: "boolean" },
  { id: "code", type: "text" },
  { id: "made", type: "date" },
];

const CENTS = { transform: "scale", settings: { operation: "divide", factor: "100" } };
const STATES = {
  transform: "value-table",
  settings: {
    rows: [
      { from: "A", to: "active" },
      { from: "G", to: "gone" },
    ],
  },
};

const EDGES: readonly object[] = [
  { id: "name", columns: ["title"], fields: ["name"], steps: [{ transform: "trim" }] },
  {
    id: "person",
    columns: ["full_name"],
    fields: ["given", "family"],
    steps: [{ transform: "split-name" }],
  },
  { id: "price", columns: ["cents"], fields: ["price"], steps: [CENTS] },
  { id: "state", columns: ["st"], fields: ["state"], steps: [STATES] },
  { id: "mail", columns: ["constructor"], fields: ["mail"] },
  { id: "live", columns: ["live"], fields: ["live"] },
  { id: "code", columns: ["code"], fields: ["code"], direction: "in" },
  { id: "made", columns: ["made"], fields: ["made"], direction: "out" },
];

const column = { nativeType: "?", nullable: true, hasDefault: false, readOnly: false };

const SCHEMA = ObjectSchema.parse({
  name: "public.products",
  kind: "table",
  key: ["id"],
  columns: [
    { ...column, name: "title", type: "text" },
    { ...column, name: "full_name", type: "text" },
    { ...column, name: "cents", type: "integer" },
    { ...column, name: "st", type: "text" },
    { ...column, name: "constructor", type: "text" },
    { ...column, name: "live", type: "text" },
    { ...column, name: "code", type: "text" },
    { ...column, name: "made", type: "text" },
  ],
  uniques: [],
  references: [],
});

function mapOf(edges: readonly object[], fields: readonly object[] = FIELDS): MapDocument {
  return MapDocument.parse({
    format: 1,
    systems: [{ id: "shop", name: "Shop", code: "SH", line: 1 }],
    entities: [
      {
        id: "product",
        name: "Product",
        title: "name",
        fields: fields.map((field) => ({ name: "A field", ...field })),
      },
    ],
    bindings: [
      { id: "shop-product", system: "shop", object: "public.products", entity: "product", edges },
    ],
  });
}

function inputOf(edges: readonly object[], fields: readonly object[] = FIELDS) {
  const document = mapOf(edges, fields);
  const [binding] = document.bindings;
  if (binding === undefined) throw new Error("no binding");
  return { document, binding, schema: SCHEMA };
}

const shop = compileBinding(inputOf(EDGES));

const ROW: Columns = {
  title: "  Chair ",
  full_name: "Jan van der Berg",
  cents: "1999",
  st: "A",
  constructor: "Ada@Example.org",
  live: "true",
  code: "C-1",
  made: "2026-02-28",
};

const RECORD: FieldValues = {
  name: "Chair",
  given: "Jan",
  family: "van der Berg",
  price: "19.99",
  state: "active",
  mail: "Ada@Example.org",
  live: true,
  code: "C-1",
};

describe("forward", () => {
  test("reads every edge that reads", () => {
    expect(shop.forward(ROW, null, AS_SPELLED)).toEqual({ fields: RECORD, problems: [] });
  });

  test("a column that was not told gives nothing, not null", () => {
    expect(shop.forward({ cents: "5" }, ROW, AS_SPELLED).fields).toEqual({ price: "0.05" });
    expect(shop.forward({ cents: null }, null, AS_SPELLED).fields).toEqual({ price: null });
    expect(shop.forward({}, ROW, AS_SPELLED)).toEqual({ fields: {}, problems: [] });
  });

  test("an edge of several columns takes what was not told from before", () => {
    const edges = [
      {
        id: "person",
        columns: ["first", "last"],
        fields: ["name"],
        steps: [{ transform: "join-name" }],
      },
    ];
    const crm = compileBinding(inputOf(edges));
    expect(
      crm.forward({ last: "King" }, { first: "Ada", last: "Byron" }, AS_SPELLED).fields,
    ).toEqual({
      name: "Ada King",
    });
    expect(crm.forward({ last: "King" }, null, AS_SPELLED)).toEqual({ fields: {}, problems: [] });
  });

  test.each<readonly [string, Columns, object]>([
    ["a step", { st: "Q" }, { field: "state", code: "unlisted", value: "Q" }],
    ["a type", { live: "yes" }, { field: "live", code: "type", value: "yes" }],
    ["a rule", { title: " " }, { field: "name", code: "required", value: "" }],
    ["a length", { title: "x".repeat(31) }, { field: "name", code: "length" }],
  ])("a value that breaks %s is a problem and no field", (_, columns, problem) => {
    const { fields, problems } = shop.forward(columns, null, AS_SPELLED);
    expect(fields).toEqual({});
    expect(problems).toMatchObject([problem]);
  });

  test("a step that fails is told for every field of its edge", () => {
    const { problems } = shop.forward({ full_name: ["not", "text"] }, null, AS_SPELLED);
    expect(problems.map(({ field }) => field)).toEqual(["given", "family"]);
  });
});

function write(request: Partial<WriteRequest> & { values: FieldValues }) {
  const due = request.due ?? new Set(Object.keys(request.values));
  return shop.backward({ due, previous: null, refer: AS_SPELLED, ...request });
}

describe("backward", () => {
  test("makes a whole row", () => {
    const { columns, fieldsCarried, problems } = write({
      values: { ...RECORD, made: "2026-03-01" },
    });
    expect(problems).toEqual([]);
    expect(columns).toEqual({
      title: "Chair",
      full_name: "Jan van der Berg",
      cents: "1999",
      st: "A",
      constructor: "Ada@Example.org",
      live: "true",
      made: "2026-03-01",
    });
    expect(fieldsCarried).not.toContain("code");
  });

  test("writes the edges of due fields only", () => {
    const made = write({ values: RECORD, due: new Set(["price"]), previous: ROW });
    expect(made).toMatchObject({ columns: { cents: "1999" }, fieldsCarried: ["price"] });
    expect(made.problems).toEqual([]);
  });

  test("keeps to the letter what still means the same", () => {
    const values = { name: "Chair", mail: "ADA@example.org" };
    expect(write({ values, previous: ROW }).columns).toEqual({
      title: "  Chair ",
      constructor: "Ada@Example.org",
    });
  });

  test("takes the other part of an edge from the hub", () => {
    const made = write({ values: RECORD, due: new Set(["family"]), previous: ROW });
    expect(made.columns).toEqual({ full_name: "Jan van der Berg" });
    expect(made.fieldsCarried).toEqual(["given", "family"]);
  });

  test("takes a part that may not travel from the row", () => {
    const values = { family: "de Vries" };
    const made = write({ values, previous: ROW, waiting: new Set(["given"]) });
    expect(made).toMatchObject({
      columns: { full_name: "Jan de Vries" },
      fieldsCarried: ["family"],
      fieldsBlank: [],
      problems: [],
    });
  });

  test("an edge waits where a part that may not travel is not in the row", () => {
    const values = { given: "Ada" };
    expect(write({ values, waiting: new Set(["family"]) })).toMatchObject({
      columns: {},
      fieldsCarried: [],
      problems: [{ field: "given", code: "waiting" }],
    });
    expect(write({ values }).columns).toEqual({ full_name: "Ada" });
  });

  test("says what it writes as none beside a value, where it may read as another afterwards", () => {
    const edges = EDGES.map((edge) => ({ ...edge, direction: "out" }));
    const request = { values: { family: "Berg" }, previous: { ...ROW, full_name: null } };
    const made = compileBinding(inputOf(edges)).backward({
      ...request,
      due: new Set(["family"]),
      refer: AS_SPELLED,
    });
    expect(made).toMatchObject({ columns: { full_name: "Berg" }, fieldsBlank: ["given"] });
    expect(write({ values: { family: "Berg" }, previous: ROW }).fieldsBlank).toEqual([]);
  });

  test("writes nothing that would come back different", () => {
    expect(write({ values: { given: null, family: "Berg" } })).toMatchObject({
      columns: {},
      problems: [
        { field: "given", code: "round-trip", message: 'no value would come back as "Berg".' },
        { field: "family", code: "round-trip" },
      ],
    });
  });

  test("a column that cannot hold a value is a problem", () => {
    expect(write({ values: { price: "19.995" } }).problems).toMatchObject([
      {
        field: "price",
        code: "type",
        message: 'The column cents cannot hold it: "1999.5" is not a whole number.',
      },
    ]);
  });

  test("a broken value of the row does not stand in the way of a new one", () => {
    const previous = { ...ROW, st: "Q" };
    expect(write({ values: { state: "gone" }, previous }).columns).toEqual({ st: "G" });
  });
});

test("names the columns and fields of each direction", () => {
  expect(shop.readColumns).toEqual(Object.keys(ROW));
  expect(shop.writeColumns).toEqual(Object.keys(ROW).filter((name) => name !== "code"));
  expect(shop.inFields).not.toContain("made");
  expect(shop.outFields).not.toContain("code");
  expect(shop.edgeOfField("family")).toEqual({ reads: "person", writes: "person" });
  expect(shop.edgeOfField("code")).toEqual({ reads: "code", writes: null });
  expect(shop.edgeOfField("made")).toEqual({ reads: null, writes: "made" });
});

describe("a binding that cannot run", () => {
  const edge: Partial<Edge> & object = { id: "e", columns: ["a"], fields: ["name"] };
  const one = { from: "A", to: "x" };
  const same = { from: "B", to: "x" };

  test.each<readonly [string, object, object]>([
    ["an unknown field", { fields: ["colour"] }, { setting: "fields" }],
    ["an unknown transform", { steps: [{ transform: "magic" }] }, { place: { step: 0 } }],
    [
      "a wrong setting",
      { steps: [{ transform: "trim" }, { transform: "scale", settings: { factor: "x" } }] },
      { place: { binding: "shop-product", edge: "e", step: 1 }, setting: "operation" },
    ],
    ["too few columns", { steps: [{ transform: "join-name" }] }, { place: { step: 0 } }],
    ["too many values", { columns: ["a", "b"] }, { place: { edge: "e" } }],
    [
      "no way back",
      { steps: [{ transform: "value-table", settings: { rows: [one, same] } }] },
      { message: "This step has no way back, so the edge can only read." },
    ],
    ["a column __proto__", { columns: ["__proto__"] }, { place: { column: "__proto__" } }],
  ])("has %s", (_, change, problem) => {
    const input = inputOf([{ ...edge, ...change }]);
    expect(findBindingProblems(input)[0]).toMatchObject(problem);
    expect(() => compileBinding(input)).toThrow("The map was not checked");
  });

  test("has a rule that is no rule", () => {
    const validation = [{ kind: "pattern", pattern: "(" }];
    const input = inputOf([edge], [{ id: "name", type: "text", validation }]);
    expect(findBindingProblems(input)).toMatchObject([
      { place: { entity: "product", field: "name" }, setting: "validation[0].pattern" },
    ]);
  });
});
