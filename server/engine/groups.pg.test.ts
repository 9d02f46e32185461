import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MapDocument } from "../core/map/document.ts";
import { groupEdit } from "../core/map/edits/groups.ts";
import { applyEdit } from "../core/map/edits.ts";
import { verifyAuditChain } from "../storage/audit.ts";
import { resolveConflict } from "./acts/resolve-conflict.ts";
import { setValue } from "./acts/set-value.ts";
import { undoResolution } from "./acts/undo-resolution.ts";
import { openSmallHub } from "./testing/open-small-hub.ts";
import { TRIO_MAP } from "./testing/trio-map.ts";

/** Name and price are decided together; the CRM knows the name alone. */
const OFFER = { name: "Offer", fields: ["name", "price"], policy: { kind: "review" as const } };

let opened: Awaited<ReturnType<typeof openSmallHub>>;
let made = 0;

beforeAll(async () => {
  opened = await openSmallHub();
});

afterAll(() => opened.close());

function withGroup(to: typeof OFFER | null, document: MapDocument = TRIO_MAP): MapDocument {
  const [entity] = document.entities;
  if (entity === undefined) throw new Error("The map has no entity.");
  const result = applyEdit(document, groupEdit(entity, { group: "offer", to }));
  if (!result.ok) throw new Error(result.refusal.message);
  return result.document;
}

type Open = { id: string; revision: number; record: string; field: string };

async function openQuestions(): Promise<Open[]> {
  return await opened.hub.sql<Open[]>`
    select id, revision, record, field from conflicts where state = 'open' order by field`;
}

async function onlyQuestion(): Promise<Open> {
  const [open, ...more] = await openQuestions();
  if (open === undefined) throw new Error("Nothing is asked.");
  expect(more).toEqual([]);
  return open;
}

/** A product in all three systems. */
async function product(): Promise<{ erp: string; shop: string; crm: string; sku: string }> {
  made += 1;
  const [sku, erp] = [`SKU-${made}`, `e${made}`];
  await opened.small.edit("erp", erp, { sku, title: "Rope", price: "9.5", stock: "4" });
  await opened.small.settle();
  const id = (system: string, key: string) =>
    [...opened.small.rows(system)].find(([, row]) => row[key] === sku)?.[0] ?? "";
  return { erp, sku, shop: id("shop", "code"), crm: id("crm", "sku") };
}

const offers = ({ erp, shop, crm }: { erp: string; shop: string; crm: string }) => {
  const [e, s, c] = [
    opened.small.rows("erp").get(erp),
    opened.small.rows("shop").get(shop),
    opened.small.rows("crm").get(crm),
  ];
  return {
    erp: [e?.["title"], e?.["price"]],
    shop: [s?.["name"], s?.["price_cents"]],
    crm: c?.["label"],
  };
};

describe("fields that are decided together, on the database", () => {
  test("one question, one answer, and both systems have the whole of it", async () => {
    await opened.small.publish(withGroup(OFFER));
    const of = await product();
    await opened.small.edit("erp", of.erp, { title: "Rope, red", price: "11" });
    await opened.small.edit("shop", of.shop, { price_cents: "800" });
    const open = await onlyQuestion();
    expect(open.field).toBe("name");
    await opened.small.settle();
    expect(offers(of)).toMatchObject({ shop: ["Rope", "800"], crm: "Rope" });
    const answer = { conflict: open.id, revision: open.revision };
    const wrong = { kind: "value" as const, value: { parts: { price: "-1" } } };
    expect(await resolveConflict(opened.small.acts, { ...answer, choice: wrong })).toMatchObject({
      ...{ kind: "invalid", message: expect.stringContaining("Price: ") },
    });
    const act = { record: open.record, field: "price", value: "1" };
    expect(await setValue(opened.small.acts, act)).toMatchObject({
      kind: "asked",
      conflict: open.id,
    });
    const choice = { kind: "candidate", from: "system:shop" } as const;
    expect(await resolveConflict(opened.small.acts, { ...answer, choice })).toMatchObject({
      ...{ kind: "resolved", value: { parts: { name: "Rope", price: "8" } } },
    });
    await opened.small.settle();
    expect(offers(of)).toEqual({ erp: ["Rope", "8"], shop: ["Rope", "800"], crm: "Rope" });
    const lines = await opened.hub.sql`
      select field, before, after from audit_entries
      where record = ${open.record} and kind = 'resolved' order by field`;
    expect(lines).toEqual([
      { field: "name", before: "Rope, red", after: "Rope" },
      { field: "price", before: "11", after: "8" },
    ]);
    expect((await verifyAuditChain(opened.hub.sql)).problems).toEqual([]);
  });

  test("an answer is taken back whole", async () => {
    const of = await product();
    await opened.small.edit("erp", of.erp, { title: "Rope, red", price: "11" });
    await opened.small.edit("shop", of.shop, { price_cents: "800" });
    const open = await onlyQuestion();
    const choice = { kind: "value", value: { parts: { name: "Cord" } } } as const;
    await resolveConflict(opened.small.acts, {
      conflict: open.id,
      revision: open.revision,
      choice,
    });
    await opened.small.settle();
    expect(offers(of)).toEqual({ erp: ["Cord", "11"], shop: ["Cord", "1100"], crm: "Cord" });
    expect(await undoResolution(opened.small.acts, { conflict: open.id })).toMatchObject({
      kind: "reopened",
    });
    const [record] = await opened.hub.sql`
      select values -> 'name' -> 'v' as name, values -> 'price' -> 'v' as price
      from records where id = ${open.record}`;
    expect(record).toEqual({ name: "Rope, red", price: "11" });
    const { id, revision } = await onlyQuestion();
    const erp = { kind: "candidate", from: "system:erp" } as const;
    await resolveConflict(opened.small.acts, { conflict: id, revision, choice: erp });
    await opened.small.settle();
    expect(offers(of)).toEqual({
      erp: ["Rope, red", "11"],
      shop: ["Rope, red", "1100"],
      crm: "Rope, red",
    });
  });

  test("what a target cannot take keeps back all of it there, and nowhere else", async () => {
    const of = await product();
    await opened.small.edit("erp", of.erp, { title: "Rope of a much too long name", price: "11" });
    await opened.small.settle();
    expect(offers(of)).toMatchObject({
      shop: ["Rope", "950"],
      crm: "Rope of a much too long name",
    });
    await opened.small.edit("erp", of.erp, { title: "Rope, long" });
    await opened.small.settle();
    expect(offers(of)).toMatchObject({ shop: ["Rope, long", "1100"] });
  });

  test("a question that a new version of the map asks otherwise is not answered by what was shown", async () => {
    const of = await product();
    await opened.small.edit("erp", of.erp, { title: "Rope, red", price: "11" });
    await opened.small.edit("shop", of.shop, { name: "Rope, blue", price_cents: "800" });
    const before = await onlyQuestion();
    await opened.small.publish(withGroup(null, withGroup(OFFER)));
    const choice = { kind: "candidate", from: "system:erp" } as const;
    const answer = { conflict: before.id, revision: before.revision, choice };
    expect(await resolveConflict(opened.small.acts, answer)).toMatchObject({ kind: "moved" });
    const open = await openQuestions();
    expect(open.map(({ field }) => field)).toEqual(["name", "price"]);
    for (const { id, revision } of open) {
      const from = id === before.id ? ("system:erp" as const) : ("system:shop" as const);
      const one = { conflict: id, revision, choice: { kind: "candidate" as const, from } };
      expect(await resolveConflict(opened.small.acts, one)).toMatchObject({ kind: "resolved" });
    }
    await opened.small.settle();
    expect(offers(of)).toEqual({
      erp: ["Rope, red", "8"],
      shop: ["Rope, red", "800"],
      crm: "Rope, red",
    });
  });
});
