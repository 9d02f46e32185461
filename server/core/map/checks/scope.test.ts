import { describe, expect, test } from "vitest";
import { checkMap } from "../check.ts";
import { type Edge, MapDocument, type Scope } from "../document.ts";
import { applyEdit } from "../edits.ts";
import { SHOP_MAP } from "../testing/shop-map.ts";
import { column, SHOP_SCHEMAS, table } from "../testing/shop-schemas.ts";

const SCHEMAS = {
  ...SHOP_SCHEMAS,
  shop: [
    table(
      "public.items",
      ["code"],
      [
        column("code", { nullable: false }),
        column("name"),
        column("price_cents", { type: "integer" }),
        column("region"),
        column("made_by", { hasDefault: true }),
      ],
    ),
  ],
};

type Condition = Scope["conditions"][number];

function scoped(
  conditions: readonly Condition[],
  more: { readonly match?: Scope["match"]; readonly edges?: readonly Edge[] } = {},
): MapDocument {
  const bindings = SHOP_MAP.bindings.map((binding) => {
    if (binding.id !== "shop-product") return binding;
    const scope = { match: more.match ?? "all", conditions: [...conditions], whenLeft: "stop" };
    return { ...binding, scope, edges: [...binding.edges, ...(more.edges ?? [])] };
  });
  return MapDocument.parse({ ...SHOP_MAP, bindings });
}

const problemsOf = (document: MapDocument) =>
  checkMap(document, SCHEMAS).map(
    ({ severity, code, message }) => `${severity} ${code}: ${message}`,
  );

const constant = (value: string): Edge => ({
  ...{ id: "region", columns: ["region"], fields: ["stock"], direction: "out" },
  steps: [{ transform: "constant", settings: { value } }],
});

const region: Condition = { of: "region", operator: "is", values: ["EU"] };
const named: Condition = { of: "name", operator: "not-blank", values: [] };

describe("a scope names what is wrong with it, where, and the way out", () => {
  test.each<[string, MapDocument, string]>([
    [
      "an unknown column",
      scoped([{ ...region, of: "regin" }]),
      "error unknown-column: The scope of Shop public.items looks at the column regin, which the " +
        "object does not have. Did you mean region? Choose one that it has, or drop the condition.",
    ],
    [
      "a value of another type",
      scoped([{ of: "price_cents", operator: "below", values: ["cheap"] }]),
      'error scope-values: The scope of Shop public.items: "price_cents is below cheap" says ' +
        'nothing of price_cents, which is integer. "cheap" is not a decimal number. Change the ' +
        "value or the comparison.",
    ],
    [
      "an order where there is none",
      scoped([{ of: "name", operator: "above", values: ["M"] }]),
      'error scope-values: The scope of Shop public.items: "name is above M" says nothing of ' +
        "name, which is text. Values of the type text are neither above nor below others. Change " +
        "the value or the comparison.",
    ],
    [
      "too few values",
      scoped([{ ...region, values: [] }]),
      'error scope-values: The scope of Shop public.items, region: "is" compares with at least ' +
        "one value, and 0 are given. Change the values or the comparison.",
    ],
    [
      "new rows that would lie outside",
      scoped([region]),
      "error scope-new-rows: The scope of Shop public.items makes rows that need not lie in it: " +
        'region would not meet "region is EU". Write region from a field or a constant that ' +
        "does, or make no rows here.",
    ],
    [
      "new rows whose column the system fills",
      scoped([{ of: "made_by", operator: "is", values: ["us"] }]),
      "error scope-new-rows: The scope of Shop public.items makes rows that need not lie in it: " +
        'the system itself fills made_by, so nobody can say that it meets "made_by is us". Write ' +
        "made_by from a field or a constant that does, or make no rows here.",
    ],
    [
      "a constant that does not meet it",
      scoped([region], { edges: [constant("US")] }),
      "error scope-new-rows: The scope of Shop public.items makes rows that need not lie in it: " +
        'region would not meet "region is EU". Write region from a field or a constant that ' +
        "does, or make no rows here.",
    ],
  ])("%s", (_, document, problem) => {
    expect(problemsOf(document)).toEqual([problem]);
  });

  test.each<[string, MapDocument]>([
    ["a constant that meets it", scoped([region], { edges: [constant("EU")] })],
    ["a field that may meet it", scoped([named])],
    [
      "a column that nobody writes and that may be empty",
      scoped([{ ...region, operator: "is-not" }]),
    ],
    ["one of several that may be met", scoped([region, named], { match: "any" })],
  ])("%s is no problem", (_, document) => {
    expect(problemsOf(document).filter((problem) => problem.startsWith("error"))).toEqual([]);
  });

  test("the offered way out is one", () => {
    const document = scoped([region]);
    const [problem] = checkMap(document, SCHEMAS);
    const fixed = problem?.fix && applyEdit(document, problem.fix.edit);
    if (!fixed?.ok) throw new Error("The fix does not apply.");
    expect(checkMap(fixed.document, SCHEMAS)).toEqual([]);
  });
});
