import { expect, test } from "vitest";
import { checkMap } from "../check.ts";
import { type Archive, MapDocument } from "../document.ts";
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
        column("hidden", { type: "boolean", nullable: false, hasDefault: true }),
        column("sold", { type: "integer", readOnly: true }),
      ],
    ),
  ],
};

function problemsOf(archive: Archive | undefined): string[] {
  const bindings = SHOP_MAP.bindings.map((binding) =>
    binding.system === "shop" ? { ...binding, whenRecordDeleted: "archive", archive } : binding,
  );
  const document = MapDocument.parse({ ...SHOP_MAP, bindings });
  return checkMap(document, SCHEMAS).map(({ code, message }) => `${code}: ${message}`);
}

const by = "bad-archive: Shop public.items puts rows away by";

test.each<[Archive | undefined, string[]]>([
  [{ column: "hidden", value: "true", back: "false" }, []],
  [
    undefined,
    [
      "bad-archive: Shop public.items puts rows away and does not say how. Name the column and the " +
        "value that say so, or choose another end.",
    ],
  ],
  [
    { column: "hiden", value: "true", back: "false" },
    [
      `${by} the column hiden, which the object does not have. Did you mean hidden? Choose one ` +
        "that it has.",
    ],
  ],
  [
    { column: "hidden", value: "yes", back: "false" },
    [`${by} hidden: "yes" is not true or false. Change the value.`],
  ],
  [
    { column: "hidden", value: "true", back: null },
    [`${by} hidden: it must have a value, also when the row is brought back. Say which.`],
  ],
  [
    { column: "hidden", value: "true", back: "true" },
    [`${by} hidden: it is the same put away and brought back. Change one of the two.`],
  ],
  [
    { column: "name", value: "gone", back: null },
    [`${by} name: the edge name writes it too. Choose another column, or make the edge read only.`],
  ],
  [
    { column: "sold", value: "0", back: "1" },
    [`${by} sold: the system computes it itself. Choose a column that can be written.`],
  ],
])("%j", (archive, problems) => {
  expect(problemsOf(archive)).toEqual(problems);
});
