import type { Connector } from "../connector.ts";
import { openServer } from "./connection.ts";
import { PostgresSession } from "./session.ts";
import { accessOf, PostgresSettings } from "./settings.ts";

export const postgres: Connector = {
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
};
