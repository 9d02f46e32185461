import { describe, expect, test } from "vitest";
import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { FailureError } from "../../core/run/failure.ts";
import type { Batch, Capture, CaptureStart } from "../connector.ts";
import { type Fixture, type FixtureEdits, testConnectorContract } from "../contract.suite.ts";
import { NO_FAULTS } from "./hooks.ts";
import { memoryConnector } from "./memory.ts";
import { type Edits, MemoryRefusal, MemorySystem } from "./system.ts";

const OBJECT = "items";

const column = (name: string, type: "text" | "integer" | "decimal", more: object = {}) => ({
  name,
  type,
  nativeType: type,
  nullable: true,
  hasDefault: false,
  readOnly: false,
  ...more,
});

const SCHEMA: ObjectSchema = {
  name: OBJECT,
  kind: "table",
  key: ["id"],
  columns: [
    column("id", "integer", { nullable: false, hasDefault: true }),
    column("sku", "text", { nullable: false, lengthMax: 20 }),
    column("name", "text", { nullable: false }),
    column("price", "decimal"),
    column("stock", "integer"),
    column("note", "text"),
  ],
  uniques: [["sku"]],
  references: [],
};

async function createFixture(): Promise<Fixture> {
  const system = new MemorySystem({ objects: [SCHEMA] });
  return {
    connector: memoryConnector(system),
    settings: {},
    refusedSettings: null,
    object: OBJECT,
    edit: (work) => edit(system, work),
    addColumn: async (name) => {
      const columns = [...SCHEMA.columns, column(name, "text")];
      system.edit((edits) => edits.reshape({ ...SCHEMA, columns }));
    },
    rows: async () => new Map(system.rows(OBJECT)),
    cut: async () => system.cut(),
    dispose: async () => undefined,
  };
}

/** The suite's edits may take their time; the system's own take none. */
async function edit(
  system: MemorySystem,
  work: (edits: FixtureEdits) => Promise<void>,
): Promise<void> {
  const acts: ((edits: Edits) => void)[] = [];
  await work({
    insert: async (...rows) => {
      for (const row of rows) acts.push((edits) => edits.insert(OBJECT, row));
    },
    update: async (id, columns) => {
      acts.push((edits) => edits.edit(OBJECT, id, columns));
    },
    remove: async (id) => {
      acts.push((edits) => edits.remove(OBJECT, id));
    },
    truncate: async () => {
      acts.push((edits) => edits.truncate(OBJECT));
    },
  });
  system.edit((edits) => {
    for (const act of acts) act(edits);
  });
}

testConnectorContract("memory", createFixture);

const WAIT = { countMax: 100, waitMs: 0, signal: new AbortController().signal };

async function readAll(capture: Capture): Promise<Batch[]> {
  const batches: Batch[] = [];
  for (;;) {
    const batch = await capture.next(WAIT);
    if (batch === null) return batches;
    batches.push(batch);
  }
}

const start: CaptureStart = { from: null, objects: [{ name: OBJECT, loadedAt: null }] };
const insert = (system: MemorySystem, sku: string) =>
  system.edit((edits) => edits.insert(OBJECT, { sku, name: "Item" }));

describe("a memory system's habits", () => {
  test("stores what it adjusts, and answers with it", async () => {
    const system = new MemorySystem({
      objects: [SCHEMA],
      adjust: (_object, columns) => ({
        ...columns,
        ...(typeof columns["name"] === "string" && { name: columns["name"].slice(0, 3) }),
      }),
    });
    const session = await memoryConnector(system).open({}, "hub");
    const write = await session.beginWrite();
    const columns = { sku: "A", name: "Anvil" };
    const [result] = await write.write(OBJECT, [{ operation: "create", columns }]);
    await write.commit();
    expect(result).toMatchObject({ status: "written", columns: { name: "Anv" } });
    expect(system.row(OBJECT, "1")).toMatchObject({ name: "Anv", price: null });
  });

  test("tells again what was not acknowledged", async () => {
    const system = new MemorySystem({ objects: [SCHEMA], redelivers: 0 });
    const session = await memoryConnector(system).open({}, "hub");
    const capture = await session.capture(start);
    const loadedAt = (await readAll(capture)).at(-1)?.position ?? null;
    insert(system, "A");
    const [first] = await readAll(capture);
    if (first === undefined) throw new Error("Nothing was told.");
    await capture.acknowledge(first.position);
    insert(system, "B");
    const [second] = await readAll(capture);
    const objects = [{ name: OBJECT, loadedAt }];
    const again = await session.capture({ from: second?.position ?? null, objects });
    const told = (await readAll(again)).flatMap((batch) => batch.changes);
    expect(told).toMatchObject([{ externalId: "2" }]);
    await expect(capture.next(WAIT)).rejects.toThrow(FailureError);
  });

  test("loses calls and answers where the hooks say so", async () => {
    const system = new MemorySystem({ objects: [SCHEMA] });
    const faults = new Set<string>();
    const step = async (name: string, phase: string) => {
      if (!faults.delete(`${phase} ${name}`)) return;
      throw new FailureError({ kind: "unreachable", detail: `Lost ${phase} ${name}.` });
    };
    const session = await memoryConnector(system, { ...NO_FAULTS, step }).open({}, "hub");
    const writeWith = async (fault: string, sku: string) => {
      const write = await session.beginWrite();
      const columns = { sku, name: "Item" };
      await write.write(OBJECT, [{ operation: "create", columns }]);
      faults.add(fault);
      await expect(write.commit()).rejects.toThrow(FailureError);
      return await session.outcome(write.transaction);
    };
    expect(await writeWith("before commit", "A")).toBe("aborted");
    expect(await writeWith("after commit", "B")).toBe("committed");
    expect([...system.rows(OBJECT).values()].map((row) => row["sku"])).toEqual(["B"]);
    faults.add("after next");
    const capture = await session.capture(start);
    await expect(capture.next(WAIT)).rejects.toThrow(FailureError);
    await expect(capture.next(WAIT)).rejects.toThrow(FailureError);
  });

  test("people wait for a transaction that is open, and see none of it before", async () => {
    const system = new MemorySystem({ objects: [SCHEMA] });
    insert(system, "A");
    const session = await memoryConnector(system).open({}, "hub");
    const write = await session.beginWrite();
    const columns = { stock: "5" };
    await write.write(OBJECT, [{ operation: "update", externalId: "1", columns, condition: {} }]);
    const other = await session.beginWrite();
    const theirs = { operation: "update", externalId: "1", columns, condition: {} } as const;
    expect(await other.write(OBJECT, [theirs])).toEqual([{ status: "busy" }]);
    await other.abort();
    expect(system.edit((edits) => edits.edit(OBJECT, "1", { stock: "9" }))).toBe(false);
    expect(system.row(OBJECT, "1")).toMatchObject({ stock: null });
    await write.commit();
    expect(system.row(OBJECT, "1")).toMatchObject({ stock: "9" });
    expect(system.log.map((entry) => entry.isOurs)).toEqual([false, true, false]);
  });

  test("of two transactions that make a row of one key the second waits", async () => {
    const cards = { ...SCHEMA, name: "cards", key: ["sku"], uniques: [] };
    const system = new MemorySystem({ objects: [cards] });
    const session = await memoryConnector(system).open({}, "hub");
    const [first, second] = [await session.beginWrite(), await session.beginWrite()];
    const made = { operation: "create", columns: { sku: "A", name: "Item" } } as const;
    expect(await first.write("cards", [made])).toMatchObject([{ status: "written" }]);
    expect(await second.write("cards", [made])).toEqual([{ status: "busy" }]);
    await first.commit();
    expect(await second.write("cards", [made])).toMatchObject([{ status: "refused" }]);
  });

  test("a session that is closed, or cut, undoes what it had open", async () => {
    const system = new MemorySystem({ objects: [SCHEMA] });
    const session = await memoryConnector(system).open({}, "hub");
    const write = await session.beginWrite();
    await write.write(OBJECT, [{ operation: "create", columns: { sku: "A", name: "Item" } }]);
    await session.close();
    expect(system.rows(OBJECT).size).toBe(0);
    await expect(session.discover()).rejects.toThrow(FailureError);
    expect(() => insert(system, "far more than twenty characters")).toThrow(MemoryRefusal);
  });
});
