import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lawRuns } from "../../testing/law-runs.ts";
import { Binding, type Edge, type MapDocument } from "../document.ts";
import { applyEdit } from "../edits.ts";
import type { ObjectSchema } from "../object-schema.ts";
import { mapDocuments } from "../testing/arbitrary.ts";
import { SHOP_MAP } from "../testing/shop-map.ts";
import { column, table } from "../testing/shop-schemas.ts";
import { type CopiedLine, type PasteTarget, pasteLines } from "./paste-lines.ts";

const CRM = Binding.parse({
  ...{ id: "crm-product", system: "crm", object: "public.things", entity: "product", edges: [] },
});

function withCrm(edges: Edge[] = []): MapDocument {
  const made = applyEdit(SHOP_MAP, { type: "add-binding", binding: { ...CRM, edges } });
  if (!made.ok) throw new Error(made.refusal.message);
  return made.document;
}

const THINGS = table(
  "public.things",
  ["id"],
  [
    ...[column("id"), column("sku"), column("Title"), column("price-cents", { type: "integer" })],
    ...[column("stock", { type: "boolean" }), column("code", { readOnly: true })],
  ],
);

function copied(binding: string): CopiedLine[] {
  const found = SHOP_MAP.bindings.find(({ id }) => id === binding);
  return (found?.edges ?? []).map((edge) => ({ binding, edge }));
}

const onto = (schema: ObjectSchema | null = THINGS): PasteTarget => ({
  ...{ binding: CRM.id, schema, refersBy: () => undefined },
});

function edgesAfter(document: MapDocument, lines: CopiedLine[], target = onto()) {
  const pasting = pasteLines(document, lines, target);
  if (pasting.edit === null) return { pasting, edges: [] };
  const made = applyEdit(document, pasting.edit);
  if (!made.ok) throw new Error(made.refusal.message);
  return { pasting, edges: made.document.bindings.find(({ id }) => id === CRM.id)?.edges ?? [] };
}

describe("pasting the lines of one system onto another", () => {
  test("finds columns by name, however it is spelled, and takes steps along", () => {
    const { edges, pasting } = edgesAfter(withCrm(), copied("shop-product"));
    expect(edges.map(({ columns, fields }) => `${columns} ${fields}`)).toEqual([
      ...["code sku", "price-cents price"],
    ]);
    expect(edges[1]?.steps).toEqual(SHOP_MAP.bindings[1]?.edges[2]?.steps);
    expect(pasting).toMatchObject({ pasted: 2, edit: { label: "Paste 2 mappings" } });
    expect(pasting.left.map(({ why }) => why)).toEqual([
      "CRM public.things has no column that is called like name.",
    ]);
  });

  test("only reads what cannot be written there", () => {
    const { edges } = edgesAfter(withCrm(), copied("shop-product"));
    expect(edges[0]).toMatchObject({ columns: ["code"], direction: "in" });
  });

  test("tells what has another type there", () => {
    const { pasting } = edgesAfter(withCrm(), copied("erp-product"));
    expect(pasting.left.map(({ why }) => why)).toEqual([
      "CRM public.things has no column that is called like price.",
      "stock is boolean there, and Stock is integer.",
    ]);
  });

  test("leaves what somebody has drawn as it is", () => {
    const drawn = [
      { id: "x", columns: ["id"], fields: ["sku"], direction: "both" as const, steps: [] },
      { id: "y", columns: ["price-cents"], fields: ["stock"], direction: "in" as const, steps: [] },
    ];
    const document = withCrm(drawn);
    const { pasting } = edgesAfter(document, copied("shop-product"));
    expect(pasting.edit).toBeNull();
    expect(pasting.left.map(({ line, why }) => `${line}: ${why}`)).toEqual([
      "Shop code and SKU, both ways: SKU is joined with id there already.",
      "Shop name and Name, both ways: CRM public.things has no column that is called like name.",
      expect.stringMatching(/^Shop price_cents .*: price-cents is joined with Stock already\.$/),
    ]);
  });

  test("draws nothing onto itself, and nothing while the columns are not known", () => {
    const document = withCrm();
    const itself = { ...onto(), binding: "erp-product" };
    expect(pasteLines(document, copied("erp-product"), itself)).toMatchObject({
      ...{ edit: null, pasted: 0 },
    });
    expect(pasteLines(document, copied("erp-product"), onto(null)).edit).toBeNull();
  });
});

test("of any map: what is pasted can be applied, and undone it is the same document", () => {
  let made = 0;
  fc.assert(
    fc.property(mapDocuments, fc.boolean(), (document, isSpelledAlike) => {
      for (const target of document.bindings) {
        const lines = document.bindings
          .filter(({ entity }) => entity === target.entity)
          .flatMap(({ id, edges }) => edges.map((edge) => ({ binding: id, edge })));
        const names = [...new Set(lines.flatMap(({ edge }) => edge.columns))];
        const schema = table(
          "t",
          [],
          names.map((name) => column(isSpelledAlike ? name : `${name}!`)),
        );
        const pasting = pasteLines(document, lines, {
          ...{ binding: target.id, schema, refersBy: () => undefined },
        });
        expect(pasting.pasted + pasting.left.length).toBe(lines.length);
        if (pasting.edit === null) continue;
        made += 1;
        const after = applyEdit(document, pasting.edit);
        if (!after.ok) throw new Error(after.refusal.message);
        const before = applyEdit(after.document, after.inverse);
        expect(before.ok && before.document).toEqual(document);
      }
    }),
    lawRuns(300),
  );
  expect(made).toBeGreaterThan(20);
}, 30_000);
