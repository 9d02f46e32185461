import { z } from "zod";
import type { Connector, LogSession, ReadSession } from "../connector.ts";
import { between, type MemoryHooks, NO_FAULTS } from "./hooks.ts";
import { MemoryReadSession } from "./read-session.ts";
import { MemorySession } from "./session.ts";
import type { MemorySystem } from "./system.ts";

/**
 * The connector to one memory system, for the simulator. Like a database with a log it tells
 * every commit, also our own. `hooks` decides where calls and answers are lost.
 */
export function memoryConnector(
  system: MemorySystem,
  hooks: MemoryHooks = NO_FAULTS,
): Connector<LogSession> {
  return {
    ...common,
    capabilities: { ...capabilities(system), changes: "log" },
    open: (_settings, hub) =>
      between(hooks, "open", () => {
        system.refuseWhenDown();
        return new MemorySession(system, hub, hooks);
      }),
  };
}

/** The same of a system that has no log for others: `MemorySystemOptions.reads`. */
export function memoryReadConnector(
  system: MemorySystem,
  hooks: MemoryHooks = NO_FAULTS,
): Connector<ReadSession> {
  return {
    ...common,
    capabilities: { ...capabilities(system), changes: "reads" },
    open: (_settings, hub) =>
      between(hooks, "open", () => {
        system.refuseWhenDown();
        return new MemoryReadSession(system, hub, hooks);
      }),
  };
}

const common = {
  id: "memory",
  title: "Memory",
  summary: "A system that lives in the simulator's own process.",
  settings: z.object({}),
  secrets: [],
  // It ends with its process.
  traces: () => [],
};

const capabilities = (system: MemorySystem) => ({
  conditionalWrites: system.isConditional,
  transactionOutcome: system.knowsOutcomes,
  search: true,
  remainingWindow: system.isConditional
    ? ""
    : "An edit that is made between our reading of a row and our writing of it is written over.",
});
