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
  for (let n = 1; n <= 3; n += 1) {
    await small.edit("erp", `e${n}`, { title: `Rope ${n}, red` });
    const shop = [...small.rows("shop")].find(([, row]) => row["code"] === `S-${n}`)?.[0] ?? "";
    await small.edit("shop", shop, { name: `Rope ${n}, blue` });
  }
  await small.remove("erp", "e4");
});

afterAll(() => api.close());

const viewer = () => api.as("viewer").conflicts;
const steward = () => api.as("steward").conflicts;

describe("conflicts.list", () => {
  test("open questions with the record's name, the last agreed value and the contenders", async () => {
    const page = await viewer().list({ field: "name" });
    expect(page).toMatchObject({ matching: 3, all: 4, nextCursor: null });
    expect(page.questions[0]).toMatchObject({
      kind: "field",
      field: "name",
      title: "Rope 1, red",
      base: { value: "Rope 1" },
      reason: "policy-review",
      candidates: [
        { from: "system:erp", link: null, value: "Rope 1, red" },
        { from: "system:shop", value: "Rope 1, blue" },
      ],
    });
    expect(page.groups).toEqual([{ kind: "field", entity: "product", field: "name", count: 3 }]);
    expect(page.systems.map(({ id }) => id)).toEqual(["erp", "shop", "crm"]);
  });

  test("filters by kind and by who contends", async () => {
    expect((await viewer().list({ kind: "delete" })).questions).toMatchObject([
      { kind: "delete", reason: "row-gone", field: null, title: "Rope 4" },
    ]);
    expect((await viewer().list({ system: "shop" })).matching).toBe(3);
    expect((await viewer().list({ system: "crm" })).matching).toBe(0);
    expect((await viewer().list({ entity: "customer" })).matching).toBe(0);
  });

  test("every order goes on behind a line that was seen", async () => {
    for (const order of ["field", "record", "age"] as const) {
      const all = (await viewer().list({ order })).questions.map(({ id }) => id);
      expect(all).toHaveLength(4);
      expect(new Set(all).size).toBe(4);
    }
    const { questions } = await viewer().list({ order: "age" });
    const second = questions[1];
    const at = second?.openedAt ?? "";
    const padded = at.replace("Z", at.includes(".") ? "000Z" : ".000000Z").slice(0, 26);
    const rest = await viewer().list({
      order: "age",
      cursor: [padded, second?.kind ?? "", second?.id ?? ""],
    });
    expect(rest.questions.map(({ id }) => id)).toEqual(questions.slice(2).map(({ id }) => id));
  });
});

describe("conflicts.evidence", () => {
  test("rules, every row, and the field's history", async () => {
    const [question] = (await viewer().list({ field: "name" })).questions;
    const evidence = await viewer().evidence({ conflict: question?.id ?? "" });
    expect(evidence.rules[0]).toMatch(/^Name: /);
    expect(evidence.rows.map(({ system, state }) => `${system} ${state}`)).toEqual([
      "erp live",
      "shop live",
      "crm live",
    ]);
    expect(evidence.rows[2]?.bases).toMatchObject({ name: { s: "Rope 1" } });
    expect(evidence.history[0]).toMatchObject({ kind: "held", field: "name" });
  });

  test("of a question that is settled there is none", async () => {
    const conflict = "00000000-0000-7000-8000-000000000000";
    await expect(viewer().evidence({ conflict })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("conflicts.resolve and undo", () => {
  test("a viewer may look and not decide", async () => {
    const [question] = (await viewer().list({ field: "name" })).questions;
    const { id: conflict = "", revision = 0 } = question ?? {};
    await expect(
      viewer().resolve({ conflict, revision, choice: { kind: "hub" } }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("a steward decides, takes it back, and is told of values that moved", async () => {
    const [question] = (await viewer().list({ field: "name" })).questions;
    const { id: conflict = "", revision = 0 } = question ?? {};
    const choice = { kind: "candidate", from: "system:shop" } as const;
    const stale = await steward().resolve({ conflict, revision: revision - 1, choice });
    expect(stale).toMatchObject({ kind: "moved", question: { id: conflict, revision } });
    expect(await steward().resolve({ conflict, revision, choice })).toEqual({
      kind: "resolved",
      value: "Rope 1, blue",
    });
    expect((await viewer().list({})).all).toBe(3);
    expect(await steward().undo({ conflict })).toMatchObject({
      question: { id: conflict, revision: revision + 1 },
    });
    expect((await viewer().list({})).all).toBe(4);
    await expect(steward().undo({ conflict })).rejects.toMatchObject({ kind: "not-answered" });
  });

  test("an answer that breaks a rule comes back with its sentence", async () => {
    const [question] = (await viewer().list({ field: "name" })).questions;
    const { id: conflict = "", revision = 0 } = question ?? {};
    const choice = { kind: "value", value: "x".repeat(61) } as const;
    expect(await steward().resolve({ conflict, revision, choice })).toMatchObject({
      kind: "invalid",
      code: "length",
    });
  });
});
