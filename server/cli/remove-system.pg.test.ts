import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "../testing/database.ts";
import { type CliHub, createCliHub } from "./testing/cli-hub.ts";

/** A role is the whole server's: other tests run beside this one. */
const KEEPER = `keeper_${process.pid}`;

const system = (id: string, code: string, line: number) => ({
  ...{ id, name: id.toUpperCase(), code, line, connector: "postgres" },
  settings: { url: { secret: `env:${id.toUpperCase()}_URL` } },
});
const binding = (of: string) => ({
  ...{ id: `${of}-thing`, system: of, object: "public.things", entity: "thing" },
  edges: ["code", "label"].map((name) => ({ id: name, columns: [name], fields: [name] })),
});
const mapOf = (...names: string[]) => ({
  fieldline: 1,
  systems: [system("erp", "ER", 1), system("shop", "SH", 2), system("crm", "CR", 3)].filter(
    ({ id }) => names.includes(id),
  ),
  entities: [
    {
      ...{ id: "thing", name: "Thing", title: "label", matchKeys: [["code"]] },
      fields: ["code", "label"].map((id) => ({ id, name: id, type: "text" })),
    },
  ],
  bindings: names.map(binding),
});

let databases: Record<"erp" | "shop" | "crm", TestDatabase>;
let hub: CliHub;
let map = mapOf("erp", "shop", "crm");

beforeAll(async () => {
  const [erp, shop, crm] = await Promise.all([
    createEmptyDatabase(),
    createEmptyDatabase(),
    createEmptyDatabase(),
  ]);
  databases = { erp, shop, crm };
  for (const { sql } of Object.values(databases)) {
    await sql`create table things (code text primary key, label text)`;
  }
  await erp.sql`insert into things values ('a', 'one'), ('b', 'two')`;
  await crm.sql.unsafe(`create role ${KEEPER} superuser login password 'kept'`);
  const keeper = new URL(crm.url);
  keeper.username = KEEPER;
  keeper.password = "kept";
  hub = await createCliHub({ ERP_URL: erp.url, SHOP_URL: shop.url, CRM_URL: keeper.href });
  hub.context.readText = async () => JSON.stringify(map);
  expect(await hub.run("apply", "-")).toMatchObject({ exit: 0, err: "" });
  await hub.startEngine();
  await idle();
});

afterAll(async () => {
  await hub.close();
  await databases.crm.sql.unsafe(`drop owned by ${KEEPER}; drop role ${KEEPER}`);
  for (const database of Object.values(databases)) await database.drop();
});

async function idle(): Promise<void> {
  expect(await hub.run("status", "--wait", "idle", "--timeout", "40")).toMatchObject({ exit: 0 });
}

/** What we made in a database, by name. */
async function traces({ sql }: TestDatabase): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select slot_name as name from pg_replication_slots where database = current_database()
    union all select pubname from pg_publication`;
  return rows.map(({ name }) => name.replace(/_[0-9a-f]{8}/g, "")).toSorted();
}

test("a slot and a publication are made, and their lag is told in seconds and in bytes", async () => {
  expect(await traces(databases.shop)).toEqual(["fieldline", "fieldline"]);
  expect((await hub.run("status")).out).toMatch(/^shop +works +0 s, \d+ bytes? behind/m);
  expect(await hub.ask("status")).toMatchObject({
    systems: [{ system: "erp", lagSeconds: 0, lagBytes: expect.any(Number) }, {}, {}],
  });
});

test("a system that the live map binds is not removed", async () => {
  const said = await hub.run("systems", "remove", "shop");
  expect(said).toMatchObject({ exit: 2, out: "" });
  expect(said.err).toBe(
    "The live map still binds public.things. Publish a map without it first. " +
      "Nothing was changed.\n",
  );
  expect(await traces(databases.shop)).toHaveLength(2);
});

test("unbound, it goes with its slot and publication; the others go on", async () => {
  map = mapOf("erp", "crm");
  expect(await hub.run("apply", "-")).toMatchObject({ exit: 0 });
  expect(await hub.run("systems", "remove", "shop")).toMatchObject({
    ...{ exit: 0, out: "shop is removed.\n", err: "" },
  });
  expect(await traces(databases.shop)).toEqual([]);
  expect(await databases.shop.sql`select code from things order by code`).toHaveLength(2);
  await databases.erp.sql`update things set label = 'uno' where code = 'a'`;
  await idle();
  const [row] = await databases.crm.sql`select label from things where code = 'a'`;
  expect(row?.["label"]).toBe("uno");
  expect(await hub.run("systems")).toMatchObject({ out: expect.not.stringContaining("shop") });
  expect((await hub.run("systems", "remove", "shop")).err).toBe("There is no system shop.\n");
});

test("of one that does not answer it is told what stays, and by which words it goes", async () => {
  const { sql } = databases.crm;
  map = mapOf("erp");
  expect(await hub.run("apply", "-")).toMatchObject({ exit: 0 });
  await sql.unsafe(`alter role ${KEEPER} password 'changed'`);
  const refused = await hub.run("systems", "remove", "crm");
  expect(refused).toMatchObject({ exit: 1, out: "" });
  expect(refused.err).toContain("What we made in crm could not be removed:");
  expect(refused.err).toContain("Nothing was changed.");
  expect((await hub.run("systems")).out).toContain("crm");

  const removed = (await hub.ask("systems", "remove", "crm", "--leave-behind")) as {
    left: { what: string; removal: string }[];
  };
  expect((await hub.run("systems")).out).not.toContain("crm");
  expect(await traces(databases.crm)).toHaveLength(2);
  for (const { what, removal } of removed.left) {
    expect(refused.err).toContain(`  ${what}:\n    ${removal}\n`);
    // Twice: who does it again is not told of an error.
    await sql.unsafe(removal);
    await sql.unsafe(removal);
  }
  expect(await traces(databases.crm)).toEqual([]);
});
