import type { ObjectSchema } from "../../core/map/object-schema.ts";
import { type ReadFixture, testReadContract } from "../reads.suite.ts";
import { memoryReadConnector } from "./memory.ts";
import { MemorySystem } from "./system.ts";

const column = (name: string, type: "text" | "integer", more: object = {}) => ({
  ...{ name, type, nativeType: type, nullable: false, hasDefault: false, readOnly: false },
  ...more,
});

const SCHEMA: ObjectSchema = {
  ...{ name: "items", kind: "table", key: ["id"], uniques: [["sku"]], references: [] },
  columns: [
    column("id", "integer", { hasDefault: true }),
    column("sku", "text"),
    column("name", "text"),
  ],
};

async function createFixture(): Promise<ReadFixture> {
  const system = new MemorySystem({
    objects: [SCHEMA],
    reads: {
      ...{ pace: { pollMs: 1_000, sweepMs: 60_000 }, stampMs: 1, skewMs: 0, isThin: false },
      ...{ callRowsMax: 100, wholeCalls: false, replaces: false, isSilent: false },
    },
  });
  return {
    connector: memoryReadConnector(system),
    ...{ settings: {}, object: "items" },
    insert: async (rows, lateMs) => {
      system.edit((edits) => rows.forEach((row) => void edits.insert("items", row)), lateMs);
    },
    update: async (id, columns) => {
      system.edit((edits) => edits.edit("items", id, columns));
    },
    remove: async (id) => {
      system.edit((edits) => edits.remove("items", id));
    },
    dispose: () => Promise.resolve(),
  };
}

testReadContract("memory, asked", createFixture);
