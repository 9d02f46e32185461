import type { Connector, ReadSession } from "../connector.ts";
import { openServer } from "./connection.ts";
import { PolledPostgresSession } from "./polled-session.ts";
import { PolledSettings, pollingOf } from "./polled-settings.ts";
import { accessOf } from "./settings.ts";

export const polledPostgres: Connector<ReadSession> = {
  id: "postgres-polled",
  title: "PostgreSQL, asked",
  summary:
    "Tables of a PostgreSQL database whose log is closed to us. It is asked every few seconds what " +
    "has changed, by a column that says when; deleted rows are found when all of them are read.",
  settings: PolledSettings,
  secrets: ["url", "password"],
  capabilities: {
    changes: "reads",
    conditionalWrites: true,
    transactionOutcome: false,
    search: true,
    remainingWindow:
      "A value that is changed and changed back between two questions is never seen, and of several " +
      "changes of one field the last alone. A deleted row is noticed at the next sweep.",
  },
  open: async (settings) =>
    new PolledPostgresSession(await openServer(accessOf(settings)), pollingOf(settings)),
  traces: () => [],
};
