import { describe, expect, test } from "vitest";
import { checkMap } from "./check.ts";
import { nearestName, problemKey } from "./checks/problem.ts";
import { type Condition, type Edge, MapDocument, type Rights } from "./document.ts";
import type { Edit } from "./edits/edit.ts";
import { applyEdit } from "./edits.ts";
import { SHOP_MAP } from "./testing/shop-map.ts";
import { column, SHOP_SCHEMAS, table } from "./testing/shop-schemas.ts";

function drawn(...edits: Edit[]): MapDocument {
  return edits.reduce((document, edit) => {
    const result = applyEdit(document, edit);
    if (!result.ok) throw new Error(result.refusal.message);
    return result.document;
  }, SHOP_MAP);
}

/** "error code: message" of every problem. */
function problemsOf(document: MapDocument, schemas = SHOP_SCHEMAS): string[] {
  return checkMap(document, schemas).map(
    ({ severity, code, message }) => `${severity} ${code}: ${message}`,
  );
}

function edge(changes: Partial<Edge>): Edge {
  return {
    id: "new",
    columns: ["title"],
    fields: ["name"],
    direction: "both",
    steps: [],
    ...changes,
  };
}

const price = { entity: "product", field: "price" };

const ERP_OWNS: Rights = { tiers: [{ systems: ["erp"], when: "always" }], refused: "revert" };

/** The shop owns the price in each of these cases, the ERP otherwise. */
const setCases = (...cases: Condition[][]): Edit => ({
  ...{ type: "set-ownership", ...price },
  ownership: {
    cases: cases.map((when) => ({
      ...{ when, refused: "revert" },
      tiers: [{ systems: ["shop"], when: "always" }],
    })),
    ...ERP_OWNS,
  },
});
const ofPrice = { type: "change-edge", binding: "shop-product", edge: "price" } as const;

test("a good map has no problem", () => {
  expect(problemsOf(SHOP_MAP)).toEqual([]);
});

describe("a problem names what, where and the way out", () => {
  test.each<[string, Edit[], string]>([
    [
      "unknown column",
      [{ ...ofPrice, changes: { columns: ["price_cent"] } }],
      "error unknown-column: Shop public.items has no column price_cent. Did you mean " +
        "price_cents? Choose one that it has, or remove the edge price.",
    ],
    [
      "unknown object",
      [{ type: "change-binding", binding: "shop-product", changes: { object: "public.item" } }],
      "error unknown-object: Shop has no object public.item. Did you mean public.items? " +
        "Choose one that it has, or remove the binding.",
    ],
    [
      "a table without a key",
      [{ type: "change-binding", binding: "erp-product", changes: { object: "public.log" } }],
      "error no-key: ERP public.log has no key, so its rows cannot be told apart. Give it a " +
        "primary key in ERP, then read the system again.",
    ],
    [
      "unknown transform",
      [{ ...ofPrice, changes: { steps: [{ transform: "scael", settings: {} }] } }],
      "error unknown-transform: Shop public.items, edge price, step 1: there is no transform " +
        "scael. Did you mean scale?",
    ],
    [
      "bad settings",
      [
        {
          ...ofPrice,
          changes: {
            steps: [{ transform: "scale", settings: { operation: "divide", factor: "0" } }],
          },
        },
      ],
      "error bad-settings: Shop public.items, edge price, step 1 (Multiply or divide), factor: " +
        "The factor cannot be zero.",
    ],
    [
      "wrong number of fields",
      [{ ...ofPrice, changes: { fields: ["price", "name"] } }],
      "error arity: Shop public.items, edge price makes 1 value and leads to 2 fields.",
    ],
    [
      "wrong number of values for a step",
      [
        {
          ...ofPrice,
          changes: {
            columns: ["code", "name"],
            fields: ["name", "sku"],
            steps: [{ transform: "split-name", settings: {} }],
          },
        },
      ],
      'error arity: Shop public.items, edge price, step 1: "Split a name" takes 1 value and ' +
        "gets 2.",
    ],
    [
      "types that never fit",
      [
        { type: "change-field", ...price, changes: { type: "date" } },
        { type: "set-validation", ...price, validation: [] },
      ],
      "error type: ERP public.products, edge price: the column price is numeric(10,2) and the " +
        "field is date. Their values do not fit.",
    ],
    [
      "types that fit now and then",
      [
        {
          type: "change-edge",
          binding: "erp-product",
          edge: "price",
          changes: { columns: ["sku"] },
        },
      ],
      "warning doubtful-type: ERP public.products, edge price: the column sku is text and the " +
        "field is decimal.",
    ],
    [
      "a step that does not take the column's type",
      [
        {
          ...{ type: "change-edge", binding: "erp-product", edge: "price" },
          changes: { steps: [{ transform: "trim", settings: {} }] },
        },
      ],
      'error type: ERP public.products, edge price, step 1: "Trim spaces" takes',
    ],
    [
      "two edges that write one column",
      [{ type: "connect", binding: "erp-product", edge: edge({ fields: ["name"] }) }],
      "error column-twice: ERP public.products: the edges name and new both write the column " +
        "title. Make one of them read only, or remove it.",
    ],
    [
      "two edges that tell one field",
      [
        {
          ...{ type: "connect", binding: "erp-product" },
          edge: edge({ direction: "in" }),
        },
      ],
      "error field-twice: ERP public.products: the edges name and new both tell Name.",
    ],
    [
      "a column that is computed",
      [
        {
          ...{ type: "connect", binding: "erp-product" },
          edge: edge({ columns: ["updated"], fields: ["name"], direction: "out" }),
        },
      ],
      "error read-only-column: ERP public.products, edge new: ERP computes the column updated " +
        "itself, so nothing can be written there. Make the edge read only.",
    ],
    [
      "a required column that nothing writes",
      [{ type: "disconnect", binding: "shop-product", edge: "sku" }],
      "error required-column: Shop public.items cannot get new rows: code needs a value and " +
        "nothing writes it. Map it, or make no rows here.",
    ],
    [
      "a match key that a binding does not tell",
      [{ type: "disconnect", binding: "shop-product", edge: "sku" }],
      "warning unmapped-key: Shop public.items tells no match key of Product whole: its rows " +
        "cannot be matched with records of other systems. Map SKU, or choose another match key.",
    ],
    [
      "an owner that has no object there",
      [
        {
          ...{ type: "set-ownership", ...price },
          ownership: { tiers: [{ systems: ["crm"], when: "always" }], refused: "revert" },
        },
      ],
      "error unbound-owner: Product › Price: CRM owns it, and has no object bound to Product. " +
        "Map it, or take the system out of the owners.",
    ],
    [
      "a right to clear of a system that decides nothing",
      [
        {
          ...{ type: "set-ownership", ...price },
          ownership: {
            ...{ tiers: [{ systems: ["erp"], when: "always" }], refused: "revert" },
            clear: ["shop"],
          },
        },
      ],
      "error clear-without-owner: Product › Price: Shop may clear it and decides nothing else " +
        "there: a system outside the owners decides nothing. Make it an owner, or take away its " +
        "right to clear.",
    ],
    [
      "a condition that means nothing in its field",
      [setCases([{ of: "stock", operator: "is", values: ["many"] }])],
      'error bad-condition: Product › Price, the case "Stock is many": "many" is not a whole ' +
        "number. Change the condition on Stock.",
    ],
    [
      "a bound in a field without an order",
      [setCases([{ of: "name", operator: "at-least", values: ["b"] }])],
      'error bad-condition: Product › Price, the case "Name is at least b": Values of the type ' +
        "text are neither above nor below others. Change the condition on Name.",
    ],
    [
      "a case that depends on what nobody tells",
      [
        { type: "disconnect", binding: "erp-product", edge: "stock" },
        setCases([{ of: "stock", operator: "not-blank", values: [] }]),
      ],
      'warning unmapped-condition: Product › Price, the case "Stock is not empty": no system tells ' +
        "Stock, so that only a person ever sets it. Map it, or use another field.",
    ],
    [
      "a case that stands there twice",
      [
        setCases(
          [{ of: "name", operator: "blank", values: [] }],
          [{ of: "name", operator: "blank", values: [] }],
        ),
      ],
      'warning case-twice: Product › Price, the case "Name is empty" stands there twice',
    ],
    [
      "two fields whose owners depend on each other",
      [
        setCases([{ of: "name", operator: "not-blank", values: [] }]),
        {
          ...{ type: "set-ownership", entity: "product", field: "name" },
          ownership: {
            cases: [{ when: [{ of: "price", operator: "not-blank", values: [] }], ...ERP_OWNS }],
            ...ERP_OWNS,
          },
        },
      ],
      "error condition-cycle: Product: who owns Name and Price, or what decides between two edits, depends on the others of them, so " +
        "that none can be decided first. Take one of the conditions away.",
    ],
    [
      "sums of what is no number",
      [{ type: "set-policy", entity: "product", field: "name", policy: { kind: "sum-of-deltas" } }],
      'error policy-type: Product › Name: the policy "Add both changes" decides fields of type ' +
        "integer and decimal, and this one is text. Choose another policy.",
    ],
    [
      "the first in a list that there is not",
      [
        {
          ...{ type: "set-policy", entity: "product", field: "name" },
          policy: { kind: "first-non-empty" },
        },
      ],
      'warning policy-without-list: Product › Name: the policy "First with a value wins" goes by ' +
        "the order of the owners, and the field has none: every contest would be asked.",
    ],
    [
      "a pattern that does not compile",
      [
        {
          ...{ type: "set-validation", entity: "product", field: "name" },
          validation: [{ kind: "pattern", pattern: "(a" }],
        },
      ],
      "error bad-rule: Product › Name, validation[0].pattern: This pattern cannot be used:",
    ],
    [
      "two systems with one code",
      [{ type: "change-system", system: "shop", changes: { code: "ER" } }],
      "warning same-code: ERP and Shop both have the code ER.",
    ],
    [
      "several sources without a match key",
      [{ type: "set-match-keys", entity: "product", matchKeys: [] }],
      "warning no-match-key: Product is made from 2 objects and has no match key",
    ],
  ])("%s", (_what, edits, message) => {
    const problems = problemsOf(drawn(...edits));
    expect(
      problems.some((one) => one.startsWith(message)),
      problems.join("\n"),
    ).toBe(true);
    expect(problems.join("\n")).not.toMatch(/undefined|\[object/);
  });

  test("a system that was never read", () => {
    const { shop: _shop, ...schemas } = SHOP_SCHEMAS;
    expect(problemsOf(SHOP_MAP, schemas)).toEqual([
      "error unread-system: Shop: what it holds is not known yet. Connect it under Systems, or " +
        "apply a map file that says how to reach it.",
    ]);
  });

  test("references that lead nowhere, in a document that no edit made", () => {
    const raw = structuredClone(SHOP_MAP);
    const [binding] = raw.bindings;
    binding?.edges.push(edge({ id: "lost", columns: ["stock"], fields: ["nope"] }));
    const [first] = checkMap(MapDocument.parse(raw), SHOP_SCHEMAS);
    expect(first).toMatchObject({
      severity: "error",
      code: "dangling",
      place: { binding: "erp-product", edge: "lost", field: "nope" },
    });
  });
});

describe("a fix", () => {
  test.each<[string, Edit[]]>([
    ["unknown-column", [{ ...ofPrice, changes: { columns: ["price_cent"] } }]],
    [
      "unknown-object",
      [{ type: "change-binding", binding: "shop-product", changes: { object: "public.item" } }],
    ],
    ["required-column", [{ type: "disconnect", binding: "shop-product", edge: "sku" }]],
    [
      "column-twice",
      [
        {
          ...{ type: "connect", binding: "erp-product" },
          edge: edge({ columns: ["stock"], direction: "out" }),
        },
      ],
    ],
  ])("takes the problem %s away", (code, edits) => {
    const before = drawn(...edits);
    const problem = checkMap(before, SHOP_SCHEMAS).find((one) => one.code === code);
    expect(problem?.fix).toBeDefined();
    if (problem?.fix === undefined) return;
    const result = applyEdit(before, problem.fix.edit);
    expect(result.ok && checkMap(result.document, SHOP_SCHEMAS).map(problemKey)).not.toContain(
      problemKey(problem),
    );
  });
});

describe("a cycle", () => {
  const again = (factor: string): MapDocument =>
    drawn({
      type: "add-binding",
      binding: {
        ...{ id: "erp-again", system: "erp", object: "public.products", entity: "product" },
        ...{ createsRecords: false, createsRows: false, whenRowGone: "review" },
        ...{ whenRecordDeleted: "leave", staleSecondsMax: 5 },
        edges: [
          edge({ id: "sku", columns: ["sku"], fields: ["sku"], direction: "in" }),
          edge({
            ...{ id: "price", columns: ["price"], fields: ["price"] },
            steps: [{ transform: "scale", settings: { operation: "multiply", factor } }],
          }),
        ],
      },
    });

  test("in which a value never comes to rest is an error, with a witness", () => {
    const [problem, ...others] = checkMap(again("2"), SHOP_SCHEMAS);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: "error", code: "oscillation" });
    expect(problem?.message).toContain(
      "Price goes round in a cycle and never comes to rest: it is written to",
    );
    expect(problem?.message).toMatch(/19\.99 → \d/);
  });

  test("that gives every value back as it was is none", () => {
    expect(problemsOf(again("1"))).toEqual([]);
  });
});

describe("an edge that is drawn both ways", () => {
  const statuses = (rows: object[]): MapDocument =>
    drawn(
      {
        ...{ type: "add-field", entity: "product" },
        field: {
          ...{ id: "status", name: "Status", type: "enum", policy: { kind: "review" } },
          ...{ options: { values: ["active", "gone"] }, validation: [] },
        },
      },
      {
        ...{ type: "connect", binding: "erp-product" },
        edge: edge({
          ...{ id: "status", columns: ["status"], fields: ["status"] },
          steps: [{ transform: "value-table", settings: { rows } as never }],
        }),
      },
    );
  const [products, log] = SHOP_SCHEMAS["erp"] ?? [];
  const schemas = {
    ...SHOP_SCHEMAS,
    erp: [
      table("public.products", ["id"], [...(products?.columns ?? []), column("status")]),
      ...(log === undefined ? [] : [log]),
    ],
  };

  test("and brings every value back is none", () => {
    const rows = [
      { from: "A", to: "active" },
      { from: "G", to: "gone" },
    ];
    expect(problemsOf(statuses(rows), schemas)).toEqual([]);
  });

  test("and has no code for a value of its field is a warning that names the value", () => {
    const [problem] = problemsOf(statuses([{ from: "A", to: "active" }]), schemas);
    expect(problem).toMatch(/^warning refuses-value: ERP public\.products, edge status: "gone"/);
  });
});

test("a map of many edges is checked in reasonable time", () => {
  const names = Array.from({ length: 300 }, (_, at) => `f${at}`);
  const document = MapDocument.parse({
    format: 1,
    systems: Array.from({ length: 10 }, (_, at) => ({
      ...{ id: `s${at}`, name: `S ${at}`, line: 1 + at },
      code: `S${at}`,
    })),
    entities: [
      {
        ...{ id: "e", name: "E", title: "f0", matchKeys: [["f0"]] },
        fields: names.map((id) => ({ id, name: id, type: "text" })),
      },
    ],
    bindings: Array.from({ length: 10 }, (_, at) => ({
      ...{ id: `b${at}`, system: `s${at}`, object: "t", entity: "e" },
      edges: names.map((id) => ({ id, columns: [id], fields: [id] })),
    })),
  });
  const object = table(
    "t",
    ["f0"],
    names.map((name) => column(name)),
  );
  const schemas = Object.fromEntries(document.systems.map((system) => [system.id, [object]]));
  expect(problemsOf(document, schemas)).toEqual([]);
});

test("the nearest name is close, or there is none", () => {
  expect(nearestName("prise", ["sku", "price"])).toBe("price");
  expect(nearestName("PRICE", ["price"])).toBe("price");
  expect(nearestName("colour", ["sku", "price"])).toBeNull();
});
