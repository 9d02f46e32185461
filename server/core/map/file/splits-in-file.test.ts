import { describe, expect, test } from "vitest";
import { checkMap } from "../check.ts";
import { parseMapFile, writeMapFile } from "../file.ts";
import { column, table } from "../testing/shop-schemas.ts";

describe("a field per language in the map file", () => {
  const FILE = `fieldline: 1
systems: [ { id: erp, name: ERP, code: ER, line: 1 } ]
dimensions:
  - id: language
    name: Language
    members: { en: English, de: German, fr: French }
entities:
  - id: product
    name: Product
    title: name-en
    fields:
      - { id: sku, name: SKU, type: text }
      - id: name
        name: Name
        per: language
        type: text
        policy: { kind: newest }
        members: { de: { policy: { kind: text-merge } } }
bindings:
  - id: erp-product
    system: erp
    object: public.products
    entity: product
    createsRecords: true
    createsRows: false
    whenRowGone: review
    whenRecordDeleted: review
    staleSecondsMax: 5
    edges:
      - { id: en, columns: [ name_en ], fields: [ name-en ] }
      - { id: de, columns: [ name_de ], fields: [ name-de ] }
`;

  function read(text: string) {
    const parsed = parseMapFile(text);
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
    return parsed;
  }

  /** "12: message" of every problem of the map that the file says. */
  function problemsOf(text: string): string[] {
    const parsed = parseMapFile(text);
    if (!parsed.ok) return parsed.problems.map(({ line, message }) => `${line}: ${message}`);
    const columns = ["sku", "name_en", "name_de"].map((name) => column(name));
    return checkMap(parsed.file.document, { erp: [table("public.products", ["sku"], columns)] })
      .filter(({ severity }) => severity === "error")
      .map(({ place, message }) => `${parsed.positionOf(place).line}: ${message}`);
  }

  test("it is written once, and single languages where they differ", () => {
    const { file } = read(FILE);
    expect(file.document.entities[0]?.fields.map(({ id, policy }) => [id, policy.kind])).toEqual([
      ["sku", "review"],
      ["name-en", "newest"],
      ["name-de", "text-merge"],
      ["name-fr", "newest"],
    ]);
    const body = (text: string) => text.slice(text.indexOf("fieldline: 1"));
    expect(body(writeMapFile(file))).toBe(FILE);
    expect(problemsOf(FILE)).toEqual([]);
  });

  test.each([
    [
      "an edge to the field as a whole",
      ["fields: [ name-de ]", "fields: [ name ]"],
      "31: ERP public.products: the edge de leads to the field name, which its entity does not \
have. Name has a value per Language: choose name-en or name-de or name-fr.",
    ],
    [
      "a title that is the field as a whole",
      ["title: name-en", "title: name"],
      "8: Product takes the field name as its title and has no such field. Name has a value per \
Language: choose name-en or name-de or name-fr.",
    ],
    [
      "a member that the dimension does not have",
      ["de: { policy: { kind: text-merge } }", "it: { policy: { kind: text-merge } }"],
      "18: Product › Name has a field for it, which is no member of Language: en, de, fr. Choose one \
of them, or add it there.",
    ],
    [
      "members of a field without a dimension",
      ["        per: language\n", ""],
      '17: There are members and no "per". Say along which dimension the field has a value each.',
    ],
    [
      "a dimension that is not there",
      ["per: language", "per: market"],
      "13: Product › Name has a value per market, which is no dimension of the map. Add the \
dimension, or choose another one.",
    ],
    [
      "a default that is no member",
      ["fr: French }", "fr: French }\n    default: it"],
      "4: Language takes it as its default, which is none of its members: en, de, fr. Choose one of \
them, or add it.",
    ],
    [
      "two edges that tell one language",
      ["fields: [ name-de ]", "fields: [ name-en ]"],
      "31: ERP public.products: the edges en and de both tell Name · English. Make one of them write \
only, or remove it.",
    ],
  ])("%s is told with its line and the way out", (_, [from = "", to = ""], problem) => {
    expect(FILE).toContain(from);
    expect(problemsOf(FILE.replace(from, to))[0]).toBe(problem);
  });
});
