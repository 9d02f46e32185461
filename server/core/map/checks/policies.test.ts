import { describe, expect, test } from "vitest";
import { checkMap } from "../check.ts";
import { MapDocument, type Policy } from "../document.ts";
import { parseMapFile, writeMapFile } from "../file.ts";

const SYSTEMS = ["a", "b", "c"];

/** Three systems tell a price and a list price of one product. */
function mapWith(policies: Readonly<Record<string, Policy>>): MapDocument {
  return MapDocument.parse({
    format: 1,
    systems: SYSTEMS.map((id, at) => ({
      id,
      name: id,
      code: `${id.toUpperCase()}1`,
      line: at + 1,
    })),
    entities: [
      {
        ...{ id: "product", name: "Product", title: "sku", matchKeys: [["sku"]] },
        fields: [
          { id: "sku", name: "SKU", type: "text" },
          ...["price", "list-price"].map((id) => ({
            ...{ id, name: id, type: "decimal", policy: policies[id] ?? { kind: "review" } },
          })),
        ],
      },
    ],
    bindings: SYSTEMS.map((system) => ({
      ...{ id: system, system, object: "products", entity: "product" },
      edges: ["sku", "price", "list-price"].map((id) => ({ id, columns: [id], fields: [id] })),
    })),
  });
}

const by = (expression: string): Policy => ({ kind: "expression", expression });

const errorsOf = (document: MapDocument) =>
  checkMap(document, {})
    .filter(({ severity, code }) => severity === "error" && code !== "unread-system")
    .map(({ code, message }) => `${code}: ${message}`);

describe("a policy that is an expression", () => {
  test("a good one is no error, and survives the map file", () => {
    const document = mapWith({
      price: by("max(values) > record.list_price\n  ? ask()\n  : max(values)"),
    });
    expect(errorsOf(document)).toEqual([]);
    const read = parseMapFile(writeMapFile({ document, connections: {} }));
    expect(read.ok && read.file.document).toEqual(document);
  });

  test("a mistake is told with its line and column", () => {
    expect(errorsOf(mapWith({ price: by("true\n  ? max(value)\n  : base") }))).toEqual([
      "bad-expression: Product › price: the expression of its policy, line 2, column 9: There is " +
        'no "value" here. There is: edits, values, base, record.',
    ]);
  });

  test("one that shows the order of three edits is refused with such edits", () => {
    const [message] = errorsOf(mapWith({ price: by("sum(values) / 2") }));
    expect(message).toMatch(
      /^order-of-arrival: Product › price: what its expression gives depends on which of three edits comes first: a "\d+", b "\d+", c "\d+" ends as /,
    );
  });

  test("two that read each other have no order in which they are decided", () => {
    const policies = {
      price: by("has(record.list_price) ? max(values) : min(values)"),
      "list-price": by("has(record.price) ? max(values) : min(values)"),
    };
    expect(errorsOf(mapWith(policies))).toEqual([
      "condition-cycle: Product: who owns price and list-price, or what decides between two " +
        "edits, depends on the others of them, so that none can be decided first. Take one of " +
        "the conditions away.",
    ]);
  });
});
