import { bigint, index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { RecordId } from "../../server/core/ids.ts";

/**
 * A person took a row of a system from a record: rows there that mean the record may mean another
 * one by now, and are decided again, some at a time. Whoever acts adds rows, whoever reads the
 * system takes them, and neither waits for the other.
 */
export const movedReferences = pgTable(
  "moved_references",
  {
    number: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    system: text().notNull(),
    record: uuid().notNull().$type<RecordId>(),
    /** Links up to this one have been looked at. */
    after: uuid().notNull(),
    since: timestamp({ withTimezone: true, mode: "string" }).notNull(),
  },
  (table) => [
    // The reading of a system takes the oldest one.
    index("moved_references_by_system").on(table.system, table.number),
  ],
);
