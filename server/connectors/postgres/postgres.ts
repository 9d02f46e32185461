import { FailureError } from "../../core/run/failure.ts";
import type { Connector, LogSession } from "../connector.ts";
import { openServer } from "./connection.ts";
import { tracesOf } from "./log/traces.ts";
import { PostgresSession } from "./session.ts";
import { type Access, accessOf, PostgresSettings } from "./settings.ts";

export const postgres: Connector<LogSession> = {
  id: "postgres",
  title: "PostgreSQL",
  summary:
    "Tables of a PostgreSQL database, version 14 or later. Reads every committed change from its " +
    "log without altering its tables, and writes only where nobody has changed the row meanwhile.",
  settings: PostgresSettings,
  // A URL has the password in it.
  secrets: ["url", "password"],
  capabilities: {
    changes: "log",
    conditionalWrites: true,
    transactionOutcome: true,
    search: true,
    remainingWindow: "",
  },
  open: async (settings, hub) => new PostgresSession(await openServer(accessOf(settings)), hub),
  traces: (settings, hub) => tracesOf(placeOf(settings), hub),
};

/** Null where the settings do not say it. */
function placeOf(settings: Record<string, unknown> | null): Access | null {
  try {
    return settings === null ? null : accessOf(settings);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return null;
  }
}
