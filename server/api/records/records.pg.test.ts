import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordAt } from "../../core/audit/record-at.ts";
import { createSmallHub, type SmallHub } from "../../engine/testing/small-hub.ts";
import { createTestApi, type TestApi } from "../testing/caller.ts";

let api: TestApi;
let small: SmallHub;

beforeAll(async () => {
  api = await createTestApi();
  // The API's own clock is the machine's: what it makes due must be due here too.
  small = await createSmallHub(api.services.hub, Date.now());
  for (let n = 1; n <= 5; n += 1) {
    const columns = { sku: `S-${n}`, title: `Rope ${n}`, price: "9.5", stock: "4" };
    await small.edit("erp", `e${n}`, columns);
  }
  await small.settle();
});

afterAll(() => api.close());

const viewer = () => api.as("viewer").records;
const steward = () => api.as("steward").records;
const recordOf = async (search: string): Promise<string> =>
  (await viewer().list({ search })).records[0]?.id ?? "";
const shopId = (sku: string) =>
  [...small.rows("shop")].find(([, row]) => row["code"] === sku)?.[0] ?? "";

describe("records.list", () => {
  test("newest first, each with its rows", async () => {
    const { records, counts } = await viewer().list({ entity: "product" });
    expect(counts).toEqual({ living: 5, deleted: 0 });
    expect(records.map(({ title }) => title)).toEqual([5, 4, 3, 2, 1].map((n) => `Rope ${n}`));
    expect(records[0]?.rows.map(({ system }) => system).sort()).toEqual(["crm", "erp", "shop"]);
    const behind = await viewer().list({ cursor: records[3]?.id ?? null });
    expect(behind.records.map(({ title }) => title)).toEqual(["Rope 1"]);
  });

  test("found by a part of the title, a row's id, a key, and its own id", async () => {
    const titles = async (search: string) =>
      (await viewer().list({ search })).records.map(({ title }) => title);
    expect(await titles("rope 3")).toEqual(["Rope 3"]);
    expect(await titles("e2")).toEqual(["Rope 2"]);
    expect(await titles("S-4")).toEqual(["Rope 4"]);
    expect(await titles(await recordOf("S-4"))).toEqual(["Rope 4"]);
    expect(await titles("100%")).toEqual([]);
  });

  test("narrowed to what waits", async () => {
    await small.edit("erp", "e1", { price: "-1" });
    await small.edit("erp", "e2", { title: "Rope 2, new" });
    const titles = async (state: "held" | "due" | "asked" | "deleted") =>
      (await viewer().list({ state })).records.map(({ title }) => title);
    expect(await titles("held")).toEqual(["Rope 1"]);
    expect(await titles("due")).toEqual(["Rope 2, new"]);
    expect(await titles("asked")).toEqual([]);
    expect(await titles("deleted")).toEqual([]);
    await small.settle();
    await small.edit("erp", "e1", { price: "9.5" });
  });
});

describe("records.find", () => {
  test("what each system holds, cell by cell", async () => {
    const record = await recordOf("S-3");
    await small.edit("shop", shopId("S-3"), { name: "Rope 3, blue" });
    await small.edit("erp", "e3", { price: "-1" });
    const found = await viewer().find({ record });
    expect(found.values["name"]).toMatchObject({ v: "Rope 3, blue", by: "system:shop" });
    expect(found.rows.map(({ system }) => system)).toEqual(["erp", "shop", "crm"]);
    const [erp, shop, crm] = found.rows;
    expect(erp?.cells["name"]).toMatchObject({ state: "due", value: "Rope 3" });
    expect(erp?.cells["price"]).toMatchObject({
      state: "held",
      value: "-1",
      message: '"-1" is below 0.',
    });
    expect(shop?.cells["name"]).toMatchObject({ state: "in-sync", value: "Rope 3, blue" });
    expect(shop?.cells["stock"]).toBeUndefined();
    expect(crm?.delivery).toMatchObject({ state: "due" });
    expect(found.held).toMatchObject([{ kind: "value", field: "price" }]);
    await small.settle();
    const later = await viewer().find({ record });
    expect(later.rows[0]?.cells["name"]).toMatchObject({ state: "in-sync" });
    expect(later.history.lines).toBeGreaterThan(found.history.lines);
  });

  test("values that contend, and a row that is to be made", async () => {
    const record = await recordOf("S-5");
    await small.edit("erp", "e5", { title: "Rope 5, red" });
    await small.edit("shop", shopId("S-5"), { name: "Rope 5, blue" });
    const asked = await viewer().find({ record });
    expect(asked.questions).toMatchObject([{ kind: "field", field: "name" }]);
    expect(asked.rows[1]?.cells["name"]).toMatchObject({ state: "asked", value: "Rope 5, blue" });
    expect(asked.rows[2]?.cells["name"]).toMatchObject({ state: "waits", value: "Rope 5" });
    await small.edit("erp", "e6", { sku: "S-6", title: "Rope 6" });
    const made = await viewer().find({ record: await recordOf("S-6") });
    expect(made.rows.map(({ state }) => state)).toEqual(["live", "pending", "pending"]);
    expect(made.rows[1]?.cells["name"]).toMatchObject({ state: "making" });
    await small.settle();
  });

  test("an unknown one is named", async () => {
    const record = "00000000-0000-7000-8000-000000000000";
    await expect(viewer().find({ record })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("records.history", () => {
  test("tells the record's whole story; its end is what the record is now", async () => {
    const record = await recordOf("S-2");
    const found = await viewer().find({ record });
    const { lines, isWhole } = await viewer().history({ record, lines: found.history.lines });
    expect(isWhole).toBe(true);
    expect(lines[0]).toMatchObject({ kind: "created", after: { name: "Rope 2" } });
    expect(lines).toHaveLength(found.history.lines);
    const now = recordAt(lines, "2100-01-01T00:00:00Z");
    for (const [field, { v }] of Object.entries(found.values)) {
      expect(now.hub[field]?.value).toEqual(v);
    }
    for (const { system, cells } of found.rows) {
      for (const [field, cell] of Object.entries(cells)) {
        expect(now.systems[system]?.[field]?.value).toEqual(cell.value);
      }
    }
  });
});

describe("records.setValue, link, unlink", () => {
  test("a steward sets a value that was shown, a viewer does not", async () => {
    const record = await recordOf("S-2");
    const act = { record, field: "price", value: "11", shown: { value: "9.5" } };
    await expect(viewer().setValue(act)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await steward().setValue(act)).toEqual({ kind: "set", value: "11" });
    await expect(steward().setValue(act)).rejects.toMatchObject({ kind: "moved" });
    await expect(
      steward().setValue({ record, field: "price", value: "-1", shown: { value: "11" } }),
    ).rejects.toMatchObject({ kind: "invalid-value", fields: { value: '"-1" is below 0.' } });
    await small.settle();
    expect(small.rows("erp").get("e2")).toMatchObject({ price: "11" });
  });

  test("a row is parted and joined again", async () => {
    const record = await recordOf("S-4");
    const row = { binding: "shop-product", externalId: shopId("S-4") };
    const parted = await steward().unlink(row);
    expect(parted.from).toBe(record);
    const found = await viewer().find({ record });
    expect(found.rows.at(-1)).toMatchObject({ system: "shop", state: "unlinked" });
    expect(await steward().link({ ...row, record })).toEqual({ kind: "linked" });
    expect(await steward().link({ ...row, record })).toEqual({ kind: "already" });
    await expect(steward().link({ ...row, externalId: "none", record })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("records.merge, unmerge", () => {
  const LEAVE = {
    "erp-product": "leave",
    "shop-product": "leave",
    "crm-product": "leave",
  } as const;

  test("a steward sees what it changes first, a viewer does neither", async () => {
    const [winner, loser] = [await recordOf("S-1"), await recordOf("S-3")];
    const act = { winner, loser, values: { stock: "loser" as const }, second: LEAVE };
    await expect(viewer().previewMerge(act)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(steward().merge({ winner, loser })).rejects.toMatchObject({ kind: "undecided" });
    const preview = await steward().previewMerge(act);
    expect(preview).toMatchObject({ kind: "merged", rows: [{ end: "left" }, {}, {}] });
    expect((await viewer().find({ record: loser })).mergedInto).toBeNull();
    expect(await steward().merge(act)).toMatchObject({ record: winner });
    const merged = await viewer().find({ record: loser });
    expect(merged).toMatchObject({ mergedInto: winner });
    expect((await viewer().find({ record: winner })).merges).toMatchObject([{ id: loser }]);
    await expect(steward().merge(act)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await steward().previewUnmerge({ record: loser })).toMatchObject({ kind: "unmerged" });
    expect(await steward().unmerge({ record: loser })).toMatchObject({ from: winner });
    await expect(steward().unmerge({ record: loser })).rejects.toMatchObject({
      kind: "not-merged",
      message: "This record is not merged into another one, or not any more. Nothing was changed.",
    });
    expect((await viewer().find({ record: loser })).deletedAt).toBeNull();
  });
});
