import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSmallHub, type SmallHub } from "../../engine/testing/small-hub.ts";
import { createTestApi, type TestApi } from "../testing/caller.ts";

let api: TestApi;
let small: SmallHub;

beforeAll(async () => {
  api = await createTestApi();
  small = await createSmallHub(api.services.hub);
  for (let n = 1; n <= 4; n += 1) {
    const columns = { sku: `S-${n}`, title: `Rope ${n}`, price: "9.5", stock: "4" };
    await small.edit("erp", `e${n}`, columns);
  }
  await small.settle();
  await small.edit("erp", "e1", { price: "-1" });
  await small.edit("erp", "e2", { price: "-2" });
  await small.edit("erp", "e3", { title: "A name far longer than Shop has room for" });
  await small.edit("crm", "c-dup", { sku: "S-4", label: "Rope 4" });
  await small.settle();
});

afterAll(() => api.close());

const viewer = () => api.as("viewer").quarantine;
const steward = () => api.as("steward").quarantine;

describe("quarantine.groups", () => {
  test("what is held, by cause", async () => {
    const { groups, all } = await viewer().groups({});
    expect(all).toBe(4);
    expect(
      groups.map(({ kind, system, field, code, count }) => [kind, system, field, code, count]),
    ).toEqual([
      ["value", "erp", "price", "range", 2],
      ["row", "crm", null, "ambiguous-match", 1],
      ["delivery", "shop", "name", "length", 1],
    ]);
    expect((await viewer().groups({ system: "shop" })).groups).toHaveLength(1);
    expect((await viewer().groups({ field: null })).groups).toHaveLength(1);
    expect(await viewer().groups({ entity: "customer" })).toMatchObject({ groups: [], all: 4 });
  });
});

describe("quarantine.items and find", () => {
  test("each with whether it would pass now", async () => {
    const { items } = await viewer().items({ filter: { code: "range" } });
    expect(items).toMatchObject([
      { title: "Rope 1", value: "-1", verdict: { kind: "fails", message: '"-1" is below 0.' } },
      { title: "Rope 2", value: "-2" },
    ]);
    const behind = await viewer().items({
      filter: { code: "range" },
      cursor: items[0]?.id ?? null,
    });
    expect(behind.items.map(({ title }) => title)).toEqual(["Rope 2"]);
  });

  test("says the rule, or the target's own limit", async () => {
    const [value] = (await viewer().items({ filter: { kind: "value" } })).items;
    expect((await viewer().find({ item: value?.id ?? "" })).rules).toEqual(["Price: at least 0"]);
    const [delivery] = (await viewer().items({ filter: { kind: "delivery" } })).items;
    expect((await viewer().find({ item: delivery?.id ?? "" })).rules).toEqual([
      "Shop stores it in name, varchar(24): at most 24 characters",
    ]);
  });

  test("a row that could be several records names them", async () => {
    const [row] = (await viewer().items({ filter: { kind: "row" } })).items;
    const found = await viewer().find({ item: row?.id ?? "" });
    expect(found.columns).toMatchObject({ sku: "S-4" });
    expect(found.matches).toMatchObject([{ title: "Rope 4", taken: true }]);
  });
});

describe("what a steward does", () => {
  test("tries again, corrects, dismisses; a viewer does none of it", async () => {
    const { items } = await viewer().items({ filter: { code: "range" } });
    const [first = "", second = ""] = items.map(({ id }) => id as string);
    await expect(viewer().replay({ item: first })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await steward().replay({ item: first })).toMatchObject({ kind: "held" });
    await expect(steward().correct({ item: first, value: "abc" })).rejects.toMatchObject({
      kind: "invalid-value",
    });
    expect(await steward().correct({ item: first, value: "1" })).toEqual({ kind: "set" });
    await expect(steward().dismiss({ item: second, reason: " " })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    expect(await steward().dismiss({ item: second, reason: "Nonsense" })).toEqual({
      kind: "dismissed",
    });
    expect((await viewer().groups({ code: "range" })).groups).toEqual([]);
  });

  test("a row that waits as a whole has no one value; all that match can be tried", async () => {
    const [row] = (await viewer().items({ filter: { kind: "row" } })).items;
    await expect(steward().correct({ item: row?.id ?? "", value: "1" })).rejects.toMatchObject({
      kind: "whole-row",
    });
    const started = await steward().startReplay({ filter: {}, perSecond: 20 });
    expect(started).toMatchObject({ kind: "started", total: 2 });
    const run = started.kind === "started" ? started.run : "";
    await expect(viewer().stopReplay({ run })).rejects.toThrow();
    expect(await steward().stopReplay({ run })).toEqual({ kind: "stopped" });
    expect(await viewer().replays()).toMatchObject([{ run, state: "cancelled", perSecond: 20 }]);
    await expect(steward().stopReplay({ run: "nothing" })).rejects.toThrow();
  });
});
