import { afterAll, expect, test } from "vitest";
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "./database.ts";

const made: TestDatabase[] = [];

async function make(create: () => Promise<TestDatabase>): Promise<TestDatabase> {
  const database = await create();
  made.push(database);
  return database;
}

afterAll(() => Promise.all(made.map((database) => database.drop())));

async function countTables({ sql }: TestDatabase): Promise<number> {
  return (await sql`select 1 from pg_tables where schemaname = 'public'`).length;
}

test("a test database has the hub's tables, an empty one has none", async () => {
  expect(await countTables(await make(createTestDatabase))).toBeGreaterThan(0);
  expect(await countTables(await make(createEmptyDatabase))).toBe(0);
});

test("two test databases do not see each other", async () => {
  const [one, other] = await Promise.all([make(createTestDatabase), make(createTestDatabase)]);
  await one.sql`create table only_here (id int)`;
  const found = await other.sql`select 1 from pg_tables where tablename = 'only_here'`;
  expect(found).toHaveLength(0);
});

test("a database with a replication slot can be dropped", async () => {
  const database = await createTestDatabase();
  await database.sql`select pg_create_logical_replication_slot('left_behind', 'pgoutput')`;
  await database.drop();
  const { sql } = await make(createEmptyDatabase);
  const slots = await sql`select 1 from pg_replication_slots where slot_name = 'left_behind'`;
  expect(slots).toHaveLength(0);
});
