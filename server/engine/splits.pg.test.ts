import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkMap } from "../core/map/check.ts";
import type { Binding, MapDocument } from "../core/map/document.ts";
import { dimensionEdit } from "../core/map/edits/splits.ts";
import { applyEdit } from "../core/map/edits.ts";
import { parseMapFile } from "../core/map/file.ts";
import { column, table } from "../core/map/testing/shop-schemas.ts";
import { resolveConflict } from "./acts/resolve-conflict.ts";
import { openSmallHub } from "./testing/open-small-hub.ts";

/**
 * One name per language on its whole way. The ERP has a column per language. The shop has one name:
 * the German, else the English. The CRM has a table of texts, with a row per product and language.
 */
const FILE = `
fieldline: 1
systems:
  - { id: erp, name: ERP, code: ER, line: 1 }
  - { id: shop, name: Shop, code: SH, line: 2 }
  - { id: crm, name: CRM, code: CR, line: 3 }
dimensions:
  - { id: language, name: Language, members: { en: English, de: German } }
entities:
  - id: product
    name: Product
    title: name-en
    matchKeys: [ [ sku ] ]
    fields:
      - { id: sku, name: SKU, type: text }
      - { id: name, name: Name, per: language, type: text }
bindings:
  - id: erp-product
    system: erp
    object: products
    entity: product
    whenRecordDeleted: delete
    edges:
      - { id: sku, columns: [ sku ], fields: [ sku ] }
      - { id: en, columns: [ name_en ], fields: [ name-en ] }
      - { id: de, columns: [ name_de ], fields: [ name-de ] }
  - id: shop-product
    system: shop
    object: items
    entity: product
    whenRecordDeleted: delete
    edges:
      - { id: sku, columns: [ code ], fields: [ sku ] }
      - id: shown
        columns: [ name ]
        fields: [ name-de, name-en ]
        direction: out
        steps: [ { transform: first-value, settings: { fields: 2 } } ]
  - id: crm-en
    system: crm
    object: texts
    entity: product
    scope: { conditions: [ { of: lang, operator: is, values: [ en ] } ] }
    createsRecords: false
    whenRowGone: unlink
    whenRecordDeleted: delete
    edges:
      - { id: sku, columns: [ sku ], fields: [ sku ] }
      - { id: text, columns: [ name ], fields: [ name-en ] }
      - id: lang
        columns: [ lang ]
        fields: [ sku ]
        direction: out
        steps: [ { transform: constant, settings: { value: en } } ]
`;

const SCHEMAS = {
  erp: [texts("products", "sku", "name_en", "name_de", "name_fr")],
  shop: [texts("items", "code", "name")],
  crm: [texts("texts", "sku", "lang", "name")],
};

function texts(name: string, ...columns: string[]) {
  return table(
    name,
    ["id"],
    ["id", ...columns].map((one) => column(one)),
  );
}

/** The map of the file, with a binding to the CRM's texts for German as for English. */
function mapOfFile(): MapDocument {
  const parsed = parseMapFile(FILE);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  const { document } = parsed.file;
  const german = JSON.parse(
    JSON.stringify(document.bindings[2]).replaceAll('"en"', '"de"').replaceAll("-en", "-de"),
  ) as Binding;
  return { ...document, bindings: [...document.bindings, german] };
}

const MAP = mapOfFile();

let opened: Awaited<ReturnType<typeof openSmallHub>>;
let made = 0;
let sku: string;

beforeAll(async () => {
  opened = await openSmallHub(SCHEMAS);
});

afterAll(() => opened.close());

beforeEach(() => {
  made += 1;
  sku = `S-${made}`;
});

const idIn = (system: string, wanted: Record<string, string>) =>
  [...opened.small.rows(system)].find(([, row]) =>
    Object.entries(wanted).every(([name, value]) => row[name] === value),
  )?.[0] ?? "";

/** What every system shows of the product: "Lamp/Lampe", "Lampe", "en Lamp, de Lampe". */
function shown() {
  const erp = opened.small.rows("erp").get(idIn("erp", { sku }));
  const rows = [...opened.small.rows("crm").values()].filter((row) => row["sku"] === sku);
  return {
    erp: [erp?.["name_en"], erp?.["name_de"]],
    shop: opened.small.rows("shop").get(idIn("shop", { code: sku }))?.["name"],
    crm: Object.fromEntries(rows.map((row) => [row["lang"], row["name"]])),
  };
}

async function product(en: string | null, de: string | null): Promise<void> {
  await opened.small.edit("erp", sku, { sku, name_en: en, name_de: de });
  await opened.small.settle();
}

const editText = (lang: string, name: string) =>
  opened.small.edit("crm", idIn("crm", { sku, lang }), { name });

const linesOf = async (kind: string) => {
  const { sql } = opened.hub;
  const lines = await sql`
    select field, system, before, after from audit_entries join records r on r.id = record
    where kind = ${kind} and r.values -> 'sku' ->> 'v' = ${sku} order by audit_entries.number`;
  return lines.map(({ field, system, before, after }) => [field, system, before, after]);
};

describe("a name per language, on the database", () => {
  beforeAll(async () => {
    await opened.small.publish(MAP);
  });

  test("the map can be published as it is", () => {
    const errors = checkMap(MAP, SCHEMAS).filter(({ severity }) => severity === "error");
    expect(errors).toEqual([]);
  });

  test("a column here and a row there: an edit of one language arrives, and touches no other", async () => {
    await product("Lamp", "Lampe");
    expect(shown()).toEqual({
      erp: ["Lamp", "Lampe"],
      shop: "Lampe",
      crm: { en: "Lamp", de: "Lampe" },
    });
    await editText("de", "Leuchte");
    await opened.small.settle();
    expect(shown()).toEqual({
      erp: ["Lamp", "Leuchte"],
      shop: "Leuchte",
      crm: { en: "Lamp", de: "Leuchte" },
    });
    expect(await linesOf("accepted")).toEqual([["name-de", "crm", "Lampe", "Leuchte"]]);
    const stored = await linesOf("stored");
    expect(stored.filter(([, system]) => system !== "shop")).toEqual([
      ["name-de", "erp", "Lampe", "Leuchte"],
    ]);
  });

  test("two edits of one language are a question of that language alone", async () => {
    await product("Lamp", "Lampe");
    await opened.small.edit("erp", sku, { name_en: "Light", name_de: "Leuchte" });
    await editText("de", "Licht");
    const [open, ...more] = await opened.hub.sql`
      select id, revision, field from conflicts where state = 'open'`;
    expect([open?.["field"], more]).toEqual(["name-de", []]);
    await opened.small.settle();
    expect(shown()).toMatchObject({ erp: ["Light", "Leuchte"], crm: { en: "Light", de: "Licht" } });
    await resolveConflict(opened.small.acts, {
      ...{ conflict: open?.["id"], revision: open?.["revision"] },
      choice: { kind: "candidate", from: "system:crm" },
    });
    await opened.small.settle();
    expect(shown()).toEqual({
      erp: ["Light", "Licht"],
      shop: "Licht",
      crm: { en: "Light", de: "Licht" },
    });
  });

  test("where German is blank the shop shows English, and the hub keeps a blank", async () => {
    await product("Lamp", null);
    expect(shown()).toMatchObject({ erp: ["Lamp", null], shop: "Lamp" });
    await opened.small.edit("erp", sku, { name_en: "Light" });
    await opened.small.settle();
    expect(shown()).toMatchObject({ erp: ["Light", null], shop: "Light" });
    await opened.small.edit("erp", sku, { name_de: "Leuchte" });
    await opened.small.settle();
    expect(shown()).toMatchObject({ shop: "Leuchte" });
    await opened.small.edit("erp", sku, { name_de: null });
    await opened.small.settle();
    expect(shown()).toMatchObject({ erp: ["Light", null], shop: "Light" });
    expect(await linesOf("adjusted")).toEqual([]);
  });
});

describe("a language that comes and goes", () => {
  const FRENCH = { id: "fr", name: "French" };

  /** The map with French, and the ERP's column for it; or without. */
  function withFrench(): MapDocument {
    const [language] = MAP.dimensions ?? [];
    if (language === undefined) throw new Error("The map has languages.");
    const more = { ...language, members: [...language.members, FRENCH] };
    const edge = { id: "fr", columns: ["name_fr"], fields: ["name-fr"] };
    const result = applyEdit(MAP, {
      ...{ type: "batch", label: "French" },
      edits: [
        dimensionEdit(MAP, more),
        {
          ...{ type: "connect", binding: "erp-product" },
          edge: { ...edge, direction: "both", steps: [] },
        },
      ],
    });
    if (!result.ok) throw new Error(result.refusal.message);
    return result.document;
  }

  const hubs = async () => {
    const [found] = await opened.hub.sql`
      select values -> 'name-fr' ->> 'v' as fr from records
      where values -> 'sku' ->> 'v' = ${sku}`;
    return found?.["fr"] ?? null;
  };

  test("its values rest in the hub, and what was edited meanwhile is an edit like another", async () => {
    await opened.small.publish(MAP);
    await opened.small.edit("erp", sku, { sku, name_en: "Lamp", name_fr: "Lampe" });
    await opened.small.settle();
    expect(await hubs()).toBeNull();
    await opened.small.publish(withFrench());
    await opened.small.readWhole("erp", true);
    expect(await hubs()).toBe("Lampe");
    await opened.small.publish(MAP);
    await opened.small.edit("erp", sku, { name_en: "Light", name_fr: "Lumière" });
    await opened.small.settle();
    expect(await hubs()).toBe("Lampe");
    expect(shown()).toMatchObject({ erp: ["Light", undefined], crm: { en: "Light" } });
    await opened.small.publish(withFrench());
    await opened.small.readWhole("erp", true);
    await opened.small.settle();
    expect(await hubs()).toBe("Lumière");
    expect(await linesOf("accepted")).toContainEqual(["name-fr", "erp", "Lampe", "Lumière"]);
  });
});
