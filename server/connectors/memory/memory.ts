import { z } from "zod";
import type { Connector } from "../connector.ts";
import { between, type MemoryHooks, NO_FAULTS } from "./hooks.ts";
import { MemorySession } from "./session.ts";
import type { MemorySystem } from "./system.ts";

/**
 * The connector to one memory system, for the simulator. Like a database with a log it tells
 * every commit, also our own. `hooks` decides where calls and answers are lost.
 */
export function memoryConnector(system: MemorySystem, hooks: MemoryHooks = NO_FAULTS): Connector {
  return {
    id: "memory",
    title: "Memory",
    summary: "A system that lives in the simulator's own process.",
    settings: z.object({}),
    secrets: [],
    capabilities: {
      changes: "log",
      conditionalWrites: true,
      transactionOutcome: system.knowsOutcomes,
      search: true,
      remainingWindow: "",
    },
    open: (_settings, hub) => between(hooks, "open", () => new MemorySession(system, hub, hooks)),
    // It ends with its process.
    traces: () => [],
  };
}
