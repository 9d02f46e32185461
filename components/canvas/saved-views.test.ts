import { expect, test } from "vitest";
import { WHOLE } from "./lens.ts";
import { readViews, type SavedView, VIEWS_MAX, withView } from "./saved-views.ts";

const view = (name: string, changes: Partial<SavedView> = {}): SavedView => ({
  ...{ name, view: "canvas", lens: WHOLE, port: null },
  ...changes,
});

test("what is kept comes back", () => {
  const lens = { unmappedOnly: true, folded: ["address"] };
  const views = [
    view("Gaps", { view: "grid", lens }),
    view("ERP", { port: { x: 1, y: 2, zoom: 1 } }),
  ];
  expect(readViews(JSON.stringify(views))).toEqual(views);
});

test.each([
  [null, []],
  ["no JSON", []],
  ['{"name":"Gaps"}', []],
  ['[null, 7, {"name":""}, {"view":"grid"}]', []],
  [
    '[{"name":"Gaps","view":"map","lens":{"folded":[1,"a"]},"port":{"x":"1","y":2,"zoom":1}}]',
    [view("Gaps", { lens: { unmappedOnly: false, folded: ["a"] } })],
  ],
])("of %s what is whole is read", (text, views) => {
  expect(readViews(text)).toEqual(views);
});

test("a view of the same name is replaced where it stands, and there is an end to them", () => {
  const views = [view("a"), view("b")];
  expect(withView(views, view("a", { view: "grid" }))).toEqual([
    ...[view("a", { view: "grid" }), view("b")],
  ]);
  const many = Array.from({ length: VIEWS_MAX + 5 }, (_, at) => view(`v${at}`));
  const kept = many.reduce<SavedView[]>(withView, []);
  expect(kept).toHaveLength(VIEWS_MAX);
  expect(kept.at(-1)?.name).toBe(`v${VIEWS_MAX + 4}`);
});
