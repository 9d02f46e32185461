import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { type Fixture, type FixtureEdits, testConnectorContract } from "../contract.suite.ts";
import { memoryConnector } from "./memory.ts";
import { type Edits, MemorySystem } from "./system.ts";

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
