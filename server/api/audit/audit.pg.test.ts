import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSmallHub, type SmallHub } from "../../engine/testing/small-hub.ts";
import { createTestApi, type TestApi } from "../testing/caller.ts";

let api: TestApi;
let small: SmallHub;

beforeAll(async () => {
  api = await createTestApi();
  small = await createSmallHub(api.services.hub);
  await small.edit("erp", "e1", { sku: "S-1", title: "Rope", price: "9.5", stock: "4" });
  await small.settle();
  await small.edit("erp", "e1", { price: "10" });
  await small.settle();
  await api.as("steward").records.setValue({
    record: await record(),
    field: "name",
    value: "Cord",
    shown: { value: "Rope" },
  });
});

afterAll(() => api.close());

const viewer = () => api.as("viewer").audit;
const record = async () => (await api.as("viewer").records.list({})).records[0]?.id ?? "";
const kinds = (page: { lines: readonly { kind: string; system: string | null }[] }) =>
  page.lines.map(({ kind, system }) => `${kind} ${system ?? "hub"}`);

describe("audit.list", () => {
  test("every change, newest first, with the record's name", async () => {
    const page = await viewer().list({});
    expect(kinds(page)[0]).toBe("set hub");
    expect(page.lines[0]).toMatchObject({ title: "Cord", before: "Rope", after: "Cord" });
    expect(kinds(page).at(-1)).toBe("created erp");
    const cursor = page.lines[2];
    const behind = await viewer().list({ cursor: cursor ?? null });
    expect(kinds(behind)).toEqual(kinds(page).slice(3));
  });

  test("a made record is told when one of its fields is asked for", async () => {
    const page = await viewer().list({ field: "price", system: "erp" });
    expect(kinds(page)).toEqual(["accepted erp", "created erp"]);
  });

  test("narrowed by record, actor, kind, time", async () => {
    expect((await viewer().list({ record: "S-1" })).named).toBe(1);
    expect((await viewer().list({ record: "none" })).lines).toEqual([]);
    expect(kinds(await viewer().list({ actor: "person" }))).toEqual(["set hub"]);
    expect(kinds(await viewer().list({ actor: "system:erp" }))).toEqual([
      "accepted erp",
      "created erp",
    ]);
    expect(kinds(await viewer().list({ kinds: ["stored"] }))).toEqual(["stored shop"]);
    const { at } = (await viewer().list({ kinds: ["created"] })).lines[0] ?? { at: "" };
    expect(kinds(await viewer().list({ to: at }))).toEqual(["created erp"]);
    expect(await viewer().list({ entity: "customer" })).toMatchObject({ lines: [] });
  });
});

describe("audit.verify", () => {
  test("the chains are whole; an altered line is named", async () => {
    const report = await viewer().verify();
    expect(report).toMatchObject({ problems: [] });
    expect(report.lines).toBe((await viewer().list({})).lines.length);
    await api.services.hub.sql`
      update audit_entries set after = '"forged"' where kind = 'set'`;
    const broken = await viewer().verify();
    expect(broken.problems).toHaveLength(1);
    expect(broken.problems[0]).toContain("people");
  });
});
