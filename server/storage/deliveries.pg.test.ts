import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asId, type LinkId, type SystemId } from "../core/ids.ts";
import { createTestDatabase, type TestDatabase } from "../testing/database.ts";
import { markSent, putBack, takeDue } from "./deliveries.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOW = "2026-03-01T12:00:00.000Z";
const LATER = "2026-03-01T12:00:05.000Z";

async function sent(): Promise<{ link: LinkId; dueAt: string }> {
  const link = asId<LinkId>(randomUUID());
  await database.sql`
    insert into captures (system, loaded, shapes, updated_at)
    values ('shop', '{"items": "1"}', '{}', ${NOW}) on conflict do nothing`;
  await database.sql`
    insert into deliveries (link, record, binding, system, partition, state, next_at, tries, since)
    values (${link}, ${randomUUID()}, 'shop-product', 'shop', 0, 'due', ${NOW}, 0, ${NOW})`;
  const [taken] = await database.sql.begin(async (tx) => {
    const due = await takeDue(tx, {
      system: asId<SystemId>("shop"),
      partition: 0,
      now: NOW,
      countMax: 10,
      boundSystems: ["erp", "shop"],
      bindings: [{ id: "shop-product", object: "items" }],
    });
    await markSent(tx, [link]);
    return due.filter((one) => one.link === link);
  });
  if (taken === undefined) throw new Error("What is due was not taken.");
  return taken;
}

const park = (link: LinkId, dueAt: string) =>
  database.sql.begin((tx) =>
    putBack(tx, [{ link, state: "parked", nextAt: LATER, tries: 0, failure: "no", dueAt }]),
  );

const stateOf = async (link: LinkId) =>
  await database.sql`select state, tries from deliveries where link = ${link}`;

test("a refused delivery waits for a person", async () => {
  const { link, dueAt } = await sent();
  expect([...(await park(link, dueAt))]).toEqual([link]);
  expect(await stateOf(link)).toMatchObject([{ state: "parked" }]);
});

test("one whose link was decided about while it was under way is tried again, and not held", async () => {
  const { link, dueAt } = await sent();
  // In the same millisecond: a decision moves it all the same.
  await database.sql`
    update deliveries set next_at = greatest(${NOW}, next_at + interval '1 microsecond')
    where link = ${link}`;
  expect((await park(link, dueAt)).size).toBe(0);
  expect(await stateOf(link)).toMatchObject([{ state: "due", tries: 0 }]);
});

test("one that is over by now is held by nobody", async () => {
  const { link, dueAt } = await sent();
  await database.sql`delete from deliveries where link = ${link}`;
  expect((await park(link, dueAt)).size).toBe(0);
});
