import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Connector, Session } from "../../connectors/connector.ts";
import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { FailureError } from "../../core/run/failure.ts";
import { addHints, dueInbox } from "../../storage/inbox.ts";
import { createTestApi, type TestApi } from "../testing/caller.ts";

/** A system that answers as a test wants it to. */
const foreign = { password: "right", objects: [] as ObjectSchema[], removed: 0 };

const column = (name: string) => ({
  name,
  type: "text" as const,
  nativeType: "text",
  nullable: true,
  hasDefault: false,
  readOnly: false,
});
const table = (name: string, ...columns: string[]): ObjectSchema => ({
  name,
  kind: "table",
  key: ["id"],
  columns: ["id", ...columns].map(column),
  uniques: [],
  references: [],
  rowsEstimate: 12,
});

const connector: Connector = {
  id: "testing",
  title: "Testing",
  summary: "A system of a test.",
  settings: z.object({
    host: z.string().min(1, "Name the host."),
    port: z.int("A whole number, such as 5432.").default(5432),
    password: z.string().optional(),
  }),
  secrets: ["password"],
  capabilities: {
    changes: "log",
    conditionalWrites: true,
    transactionOutcome: true,
    search: true,
    remainingWindow: "",
  },
  traces: (at, hub) => [{ what: `the mark ${hub} of ${at?.["host"]}`, removal: "forget us" }],
  open: async (settings) => {
    if (settings["password"] !== foreign.password) {
      throw new FailureError({ kind: "unauthorized", detail: "The password is wrong." });
    }
    return {
      check: async () => [{ label: "Sign in", ok: true, detail: `as ${settings["host"]}` }],
      discover: async () => foreign.objects,
      remove: async () => {
        foreign.removed += 1;
      },
      close: async () => undefined,
    } as unknown as Session;
  },
};

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi([connector]);
});
afterAll(() => api.close());

const settings = { host: "db.example.com", password: "right" };
const identity = { id: "erp", name: "ERP", code: "ER", line: 1 };
const admin = () => api.as("admin").systems;

beforeEach(async () => {
  foreign.password = "right";
  foreign.objects = [table("public.products", "name"), table("public.customers", "email")];
  await api.database.sql`truncate systems, objects, captures, drafts, draft_edits, map_versions`;
});

const connect = () => admin().connect({ connector: "testing", settings, identity });

/** Publishes a map that binds the system's products. */
async function publishBound(columns: readonly string[] = ["name"]): Promise<void> {
  const edges = columns.map((name) => ({ id: name, columns: [name], fields: ["name"] }));
  const document = {
    format: 1,
    systems: [identity],
    entities: [
      {
        id: "product",
        name: "Product",
        title: "name",
        fields: [{ id: "name", name: "Name", type: "text" }],
      },
    ],
    bindings: [
      { id: "erp-product", system: "erp", object: "public.products", entity: "product", edges },
    ],
  };
  const text = JSON.stringify(document);
  const { sql } = api.database;
  await sql`insert into map_versions values (1, ${text}::text::jsonb, 'ana', '', null, now())`;
  await sql`update drafts set document = ${text}::text::jsonb`;
}

test("connecting names the system in the draft, keeps what it holds, and seals the password", async () => {
  expect(await connect()).toEqual({ system: "erp", objects: 2 });
  const [line] = await api.as("viewer").systems.list();
  expect(line).toMatchObject({ identity, isLive: false, connector: "Testing", bound: 0 });
  expect(line?.work).toMatchObject({ objects: 2, drifted: 0, due: 0 });

  const found = await api.as("viewer").systems.find({ system: "erp" });
  expect(found.settings).toEqual({ host: "db.example.com", port: 5432 });
  expect(found.storedSecrets).toEqual(["password"]);
  expect(JSON.stringify(found)).not.toContain("right");
  const [row] = await api.database.sql`select settings::text || secrets as kept from systems`;
  expect(row?.["kept"]).not.toContain("right");
});

test("what does not fit is refused by setting, and nothing is saved", async () => {
  const bad = { host: "", port: "x", password: "right" };
  const call = admin().connect({ connector: "testing", settings: bad, identity });
  await expect(call).rejects.toMatchObject({
    kind: "input",
    fields: { "settings.port": "A whole number, such as 5432." },
  });
  foreign.password = "changed";
  await expect(connect()).rejects.toMatchObject({ kind: "unauthorized" });
  expect(await api.as("viewer").systems.list()).toEqual([]);
});

test("a place that another system is already is refused, at first and later", async () => {
  await connect();
  const again = { connector: "testing", identity: { ...identity, id: "shop", code: "SH" } };
  await expect(admin().connect({ ...again, settings })).rejects.toMatchObject({
    kind: "shared-place",
    message: expect.stringContaining("It is connected as erp already"),
  });
  await admin().connect({ ...again, settings: { ...settings, host: "shop.example.com" } });
  await expect(admin().reconnect({ system: "shop", settings })).rejects.toMatchObject({
    kind: "shared-place",
  });
  await admin().reconnect({ system: "erp", settings: { ...settings, port: 6000 } });
});

test("a short name is given once", async () => {
  await connect();
  await expect(connect()).rejects.toMatchObject({ kind: "taken" });
});

test("settings are tried before they are saved; an empty password keeps the stored one", async () => {
  await connect();
  const tried = await admin().preview({
    connector: "testing",
    settings: { host: "x" },
    system: "erp",
  });
  expect(tried.lines).toEqual([{ label: "Sign in", ok: true, detail: "as x" }]);
  expect(tried.objects?.map(({ name }) => name)).toEqual(["public.products", "public.customers"]);

  await admin().reconnect({ system: "erp", settings: { host: "new.example.com", password: "" } });
  const { lines } = await api.as("viewer").systems.check({ system: "erp" });
  expect(lines[0]).toMatchObject({ ok: true, detail: "as new.example.com" });

  const wrong = admin().reconnect({ system: "erp", settings: { host: "y", password: "wrong" } });
  await expect(wrong).rejects.toMatchObject({ kind: "check-failed" });
  const after = await api.as("viewer").systems.find({ system: "erp" });
  expect(after.settings["host"]).toBe("new.example.com");
});

test("a test that fails says where, as a line", async () => {
  await connect();
  foreign.password = "changed";
  const { lines } = await api.as("viewer").systems.check({ system: "erp" });
  expect(lines).toEqual([
    { label: "Sign in to the system", ok: false, detail: "The password is wrong." },
  ]);
});

test("reading and writing are stopped apart, and who watches is told", async () => {
  await connect();
  const stop = new AbortController();
  const news = api.services.news.follow(stop.signal);
  await news.next();
  await api.as("steward").systems.pause({ system: "erp", writing: true });
  expect((await news.next()).value).toEqual({ kind: "topics", topics: ["systems"] });
  stop.abort();

  const [line] = await api.as("viewer").systems.list();
  expect(line?.facts).toMatchObject({ readingPaused: false, writingPaused: true });
  await api.as("steward").systems.pause({ system: "erp", writing: false, reading: true });
  const [again] = await api.as("viewer").systems.list();
  expect(again?.facts).toMatchObject({ readingPaused: true, writingPaused: false });
  const unknown = api.as("steward").systems.pause({ system: "none", reading: true });
  await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("reading the list again counts real changes of an object's shape only", async () => {
  await connect();
  foreign.objects = [table("public.products", "name", "price"), table("public.customers", "email")];
  foreign.objects[1] = { ...table("public.customers", "email"), rowsEstimate: 99 };
  await api.as("editor").systems.refresh({ system: "erp" });
  const { objects } = await api.as("viewer").systems.find({ system: "erp" });
  expect(objects.map(({ schema, version }) => [schema.name, version])).toEqual([
    ["public.customers", 1],
    ["public.products", 2],
  ]);
  foreign.objects = [];
  await api.as("editor").systems.refresh({ system: "erp" });
  expect((await api.as("viewer").systems.find({ system: "erp" })).objects).toEqual([]);
});

test("name, code and line are changed in the draft", async () => {
  await connect();
  await api.as("editor").systems.identify({ system: "erp", changes: { name: "SAP", line: 4 } });
  const found = await api.as("viewer").systems.find({ system: "erp" });
  expect(found).toMatchObject({
    identity: { id: "erp", name: "SAP", code: "ER", line: 4 },
    isLive: false,
    isDraftChanged: true,
  });
});

test("a bound system is not removed; withdrawn and published, it goes with its slot", async () => {
  await connect();
  await publishBound();
  const bound = await api.as("viewer").systems.dependents({ system: "erp" });
  expect(bound).toMatchObject({ isInDraft: true, live: [{ object: "public.products" }] });
  await expect(admin().remove({ system: "erp" })).rejects.toMatchObject({ kind: "bound" });

  await api.as("editor").systems.withdraw({ system: "erp" });
  await api.database.sql`
    insert into map_versions select 2, document, 'ana', '', null, now() from drafts`;
  const now = new Date().toISOString();
  const told = [{ object: "public.products", externalId: "1" }];
  await addHints(api.database.sql, "erp", told, { now });
  const before = foreign.removed;
  expect(await admin().remove({ system: "erp" })).toEqual({ left: [] });
  expect(foreign.removed).toBe(before + 1);
  expect(await api.as("viewer").systems.list()).toEqual([]);
  // What was told of it must not meet the next system of this name.
  expect(await dueInbox(api.database.sql, "erp", { now, countMax: 10 })).toEqual([]);
});

test("a system that does not answer is only removed when told to leave things behind", async () => {
  await connect();
  foreign.password = "changed";
  await expect(admin().remove({ system: "erp" })).rejects.toMatchObject({
    kind: "unreachable",
    message: expect.stringMatching(
      /There it leaves the mark \w+ of [\w.]+; until the slot is gone/,
    ),
  });
  expect(await api.as("viewer").systems.list()).toHaveLength(1);
  expect(await admin().remove({ system: "erp", leaveBehind: true })).toEqual({
    left: [{ what: expect.stringMatching(/^the mark \w+ of [\w.]+$/), removal: "forget us" }],
  });
  expect(await api.as("viewer").systems.list()).toEqual([]);
});

test("a changed shape is settled when the live map fits it, and then read whole again", async () => {
  const { sql } = api.database;
  await connect();
  await publishBound(["name", "gone"]);
  const drift = JSON.stringify({
    sentences: ["Column gone is gone."],
    breaking: true,
    at: "2026-01-01T00:00:00Z",
  });
  await sql`update objects set drift = ${drift}::text::jsonb where name = 'public.products'`;
  await sql`
    insert into captures (system, position, loaded, shapes, updated_at)
    values ('erp', '1', '{"public.products": "1"}', '{}', now())`;
  const settle = () =>
    api.as("editor").systems.settleDrift({ system: "erp", object: "public.products" });
  await expect(settle()).rejects.toMatchObject({ kind: "still-used" });

  await sql`delete from map_versions`;
  await publishBound(["name"]);
  await settle();
  const found = await api.as("viewer").systems.find({ system: "erp" });
  expect(found.work).toMatchObject({ drifted: 0 });
  expect(found.facts?.loaded).toEqual([]);
});

test("only admins connect and remove, only editors change the map, stewards stop and start", async () => {
  const forbidden = { code: "FORBIDDEN" };
  const call = { connector: "testing", settings, identity };
  await expect(api.as("editor").systems.connect(call)).rejects.toMatchObject(forbidden);
  await expect(api.as("editor").systems.remove({ system: "erp" })).rejects.toMatchObject(forbidden);
  const rename = { system: "erp", changes: { name: "x" } };
  await expect(api.as("steward").systems.identify(rename)).rejects.toMatchObject(forbidden);
  const stop = { system: "erp", reading: true };
  await expect(api.as("viewer").systems.pause(stop)).rejects.toMatchObject(forbidden);
});
