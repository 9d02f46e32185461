import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LIMITS } from "../limits.ts";
import { lawRuns } from "../testing/law-runs.ts";
import { EMPTY_MAP } from "./document.ts";
import type { MapFile } from "./file/map-file.ts";
import { parseMapFile, writeMapFile } from "./file.ts";
import { mapDocuments } from "./testing/arbitrary.ts";
import { SHOP_MAP } from "./testing/shop-map.ts";

const setting = fc.oneof(
  fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
  fc.integer(),
  fc.boolean(),
  fc.constant({ secret: "env:ERP_PASSWORD" }),
  fc.constant({ secret: "stored" }),
  fc.constantFrom("no", "0x10", "1_000", "2026-01-01", "~", "*a", "&a", "!!x", "a: b", "007"),
);

const files: fc.Arbitrary<MapFile> = mapDocuments.chain((document) =>
  fc
    .array(
      fc.record({
        connector: fc.constantFrom("postgres", "memory"),
        settings: fc.dictionary(fc.constantFrom("host", "port", "user", "a b", "null"), setting),
      }),
      { minLength: document.systems.length, maxLength: document.systems.length },
    )
    .map((list) => ({
      document,
      connections: Object.fromEntries(
        document.systems.map((system, at) => [system.id, list[at] ?? never()] as const),
      ),
    })),
);

function never(): never {
  throw new Error("The generator makes one connection per system.");
}

const SMALL: MapFile = {
  document: SHOP_MAP,
  connections: {
    erp: {
      connector: "postgres",
      settings: { host: "localhost", port: 5432, password: { secret: "env:ERP_PASSWORD" } },
    },
  },
};

/** "3:5 entities › product: message" of every problem. */
function problemsOf(text: string): string[] {
  const parsed = parseMapFile(text);
  if (parsed.ok) return [];
  return parsed.problems.map(
    ({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`,
  );
}

describe("a map file", () => {
  test("reads back exactly what was written, whatever the map holds", () => {
    fc.assert(
      fc.property(files, (file) => {
        const parsed = parseMapFile(writeMapFile(file));
        if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
        expect(parsed.file).toEqual(file);
      }),
      lawRuns(100),
    );
  }, 30_000);

  test("is written the same way twice", () => {
    fc.assert(
      fc.property(files, (file) => {
        const text = writeMapFile(file);
        const parsed = parseMapFile(text);
        expect(parsed.ok && writeMapFile(parsed.file)).toBe(text);
      }),
      lawRuns(30),
    );
  }, 30_000);

  test("is readable", () => {
    expect(writeMapFile(SMALL)).toMatchInlineSnapshot(`
      "# A map of Fieldline: which systems there are, what their fields mean, who owns them.
      # "fieldline apply <file>" publishes it, "fieldline export" writes it.
      # A secret stands here as { secret: "env:NAME" }, taken from the environment when the file is
      # applied, or as { secret: "stored" } when the hub has it already.

      fieldline: 1
      systems:
        - id: erp
          name: ERP
          code: ER
          line: 1
          connector: postgres
          settings:
            host: localhost
            port: 5432
            password: { secret: env:ERP_PASSWORD }
        - { id: shop, name: Shop, code: SH, line: 2 }
        - { id: crm, name: CRM, code: CR, line: 3 }
      entities:
        - id: product
          name: Product
          title: name
          matchKeys: [ [ sku ] ]
          fields:
            - id: sku
              name: SKU
              type: text
              validation: [ { kind: required } ]
            - { id: name, name: Name, type: text, options: { trim: true } }
            - id: price
              name: Price
              type: decimal
              ownership:
                tiers: [ { systems: [ erp ] }, { systems: [ shop ], when: blank } ]
                refused: revert
              policy: { kind: newest }
              validation: [ { kind: range, min: "0" } ]
            - id: stock
              name: Stock
              type: integer
              policy: { kind: sum-of-deltas }
      bindings:
        - id: erp-product
          system: erp
          object: public.products
          entity: product
          createsRecords: true
          createsRows: true
          whenRowGone: review
          whenRecordDeleted: review
          staleSecondsMax: 5
          edges:
            - { id: sku, columns: [ sku ], fields: [ sku ] }
            - { id: name, columns: [ title ], fields: [ name ] }
            - { id: price, columns: [ price ], fields: [ price ] }
            - { id: stock, columns: [ stock ], fields: [ stock ] }
        - id: shop-product
          system: shop
          object: public.items
          entity: product
          createsRecords: true
          createsRows: true
          whenRowGone: review
          whenRecordDeleted: review
          staleSecondsMax: 5
          edges:
            - { id: sku, columns: [ code ], fields: [ sku ] }
            - { id: name, columns: [ name ], fields: [ name ] }
            - id: price
              columns: [ price_cents ]
              fields: [ price ]
              steps:
                - transform: scale
                  settings: { operation: divide, factor: "100" }
      "
    `);
  });

  test("of an empty map is small and reads back", () => {
    const file = { document: EMPTY_MAP, connections: {} };
    const parsed = parseMapFile(writeMapFile(file));
    expect(parsed.ok && parsed.file).toEqual(file);
  });

  test("knows where a place of the map stands in it", () => {
    const text = writeMapFile(SMALL);
    const parsed = parseMapFile(text);
    if (!parsed.ok) throw new Error("The file is good.");
    const lineOf = (place: Parameters<typeof parsed.positionOf>[0]) =>
      text.split("\n")[parsed.positionOf(place).line - 1];
    expect(lineOf({ binding: "shop-product", edge: "price" })).toBe("      - id: price");
    expect(lineOf({ entity: "product", field: "stock" })).toContain("stock");
    expect(lineOf({ system: "crm" })).toContain("crm");
  });
});

describe("a malformed file is refused with its place", () => {
  const head = "fieldline: 1\n";
  test.each<[string, string, string]>([
    ["no YAML", `${head}systems:\n  - id: [erp\n`, "4:1 : This is no YAML: "],
    ["a tabulator", `${head}systems:\n\t- id: erp\n`, "3:1 : This is no YAML: "],
    ["empty", "", '1:1 : This is no map file: it has to begin with "fieldline: 1".'],
    ["only a text", "hello", "1:1 : This is no map file"],
    ["of another kind", "a: 1", "1:1 : This is no map file"],
    [
      "of a later format",
      "fieldline: 2",
      "1:1 : This file has the format 2, and this version of Fieldline reads the format 1.",
    ],
    [
      "a key that nobody knows",
      `${head}entities:\n  - id: product\n    name: Product\n    titel: name\n    fields:\n` +
        "      - { id: name, name: Name, type: text }\n",
      '5:5 entities › product: "titel" is not known here. Did you mean "title"?',
    ],
    [
      "a key that is missing",
      `${head}systems:\n  - { id: erp, name: ERP, code: ER }\n`,
      '3:5 systems › erp › line: "line" is missing here. Add it.',
    ],
    [
      "a wrong type",
      `${head}systems:\n  - { id: erp, name: 12, code: ER, line: 1 }\n`,
      '3:22 systems › erp › name: This must be a text, and it is 12. Put it in quotes: "12".',
    ],
    [
      "a wrong choice",
      `${head}entities:\n  - id: product\n    name: Product\n    title: name\n    fields:\n` +
        "      - { id: name, name: Name, type: txt }\n",
      "7:39 entities › product › fields › name › type: This must be one of text, integer,",
    ],
    [
      "a bad id",
      `${head}systems:\n  - { id: ERP!, name: ERP, code: ER, line: 1 }\n`,
      '3:11 systems › ERP! › id: "ERP!" cannot stand here. Use lower-case letters, digits and',
    ],
    [
      "an unknown rule",
      `${head}entities:\n  - id: p\n    name: P\n    title: n\n    fields:\n` +
        "      - { id: n, name: N, type: text, validation: [{ kind: reqired }] }\n",
      "entities › p › fields › n › validation › entry 1",
    ],
    [
      "a number that would be rounded",
      `${head}systems:\n  - id: erp\n    settings: { token: 12345678901234567890 }\n`,
      "4:24 : The number 12345678901234567890 is too long to be read exactly. Put it in quotes.",
    ],
    [
      "a password that is no reference",
      `${head}systems:\n  - id: erp\n    name: ERP\n    code: ER\n    line: 1\n` +
        "    connector: postgres\n    settings: { password: { secret: hunter2 } }\n",
      'systems › erp › settings › password › secret: Write "stored", or "env:" and the name',
    ],
    [
      "settings without a connector",
      `${head}systems:\n  - { id: erp, name: E, code: ER, line: 1, settings: { host: x } }\n`,
      '3:5 systems › erp: There are settings and no "connector".',
    ],
    ["the same key twice", `${head}systems: []\nsystems: []\n`, "3:1 : This is no YAML: Map keys"],
    ["two documents", `${head}---\n${head}`, "2:1 : This is no YAML: "],
    ["a NUL", `${head}systems:\n  - { id: erp, name: E\0P }\n`, "3:22 : This text has a sign"],
    ["half a pair", `${head}systems:\n  - { id: "\\ud800" }\n`, "3:11 : This text has a sign"],
    ["an unknown tag", `${head}systems: !!js/function "x"\n`, "2:10 : This is no YAML: "],
  ])("%s", (_what, text, expected) => {
    const problems = problemsOf(text);
    expect(
      problems.some((one) => one.includes(expected)),
      problems.join("\n"),
    ).toBe(true);
    expect(problems.join("\n")).not.toMatch(/undefined|\[object/);
  });

  test("too large", () => {
    const text = `${head}# ${"x".repeat(LIMITS.mapFileBytesMax)}`;
    expect(problemsOf(text)[0]).toMatch(/^1:1 : The file has \d+ bytes, and at most 5 MB are read/);
  });

  test("anchors that blow up", () => {
    const lines = ["fieldline: 1", "a: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let at = 1; at < 12; at += 1) {
      const repeated = Array.from({ length: 10 }, () => `*a${at - 1}`).join(", ");
      lines.push(`a${at}: &a${at} [${repeated}]`);
    }
    expect(problemsOf(lines.join("\n"))[0]).toContain("An anchor is repeated more than 100 times.");
  });

  test("nested without end", () => {
    const open = "[".repeat(20_000);
    expect(problemsOf(`${head}systems: ${open}`).length).toBeGreaterThan(0);
    const closed = `${head}systems: ${open}${open.replaceAll("[", "]")}`;
    expect(problemsOf(closed)[0]).toContain("The file is nested too deep.");
  });

  test("never throws, whatever the text", () => {
    const piece = fc.constantFrom(
      "fieldline: 1\n",
      "systems:",
      "- id: a",
      "\n",
      "  ",
      "{",
      "]",
      ":",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc
        .array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 3 })))
        .map((all) => all.join("")),
    );
    fc.assert(
      fc.property(text, (random) => {
        for (const problem of problemsOf(random)) expect(problem).not.toMatch(/undefined|\[object/);
      }),
      lawRuns(300),
    );
  }, 30_000);
});
