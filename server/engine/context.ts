import type { Sql } from "../../db/client.ts";
import type { Session } from "../connectors/connector.ts";
import type { Clock } from "../platform/clock.ts";
import type { IdSource } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";
import type { Random } from "../platform/random.ts";
import type { RecordCache } from "../storage/record-cache.ts";
import type { OwnCalls } from "./own-calls.ts";

/** What the engine works with. All of it is injected: the simulator brings its own. */
export type EngineContext = {
  readonly id: string;
  readonly sql: Sql;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: Random;
  readonly log: Log;
  /** What this engine knows of the hub's records. */
  readonly records: RecordCache;
  /** The calls that it has made lately. */
  readonly calls: OwnCalls;
  /**
   * Opens a session with a system.
   * @throws FailureError when it cannot be reached or its settings do not do
   */
  readonly openSession: (system: string) => Promise<Session>;
  /** Called between any two steps that a crash could part: the simulator's place to crash. */
  readonly step: (name: string) => Promise<void>;
};

/** The engine's time as the hub stores it. */
export function nowOf(context: Pick<EngineContext, "clock">): string {
  return context.clock.now().toISOString();
}
