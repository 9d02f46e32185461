import {
  bigint,
  boolean,
  index,
  jsonb,
  pgSequence,
  pgTable,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import type { Columns } from "../../server/core/values/field-value.ts";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

/**
 * What was told of a system that has no log, until its reading has placed it: hints that a row may
 * have changed, and what our own writes were answered.
 */
export const inbox = pgTable(
  "inbox",
  {
    number: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    system: text().notNull(),
    object: text().notNull(),
    externalId: text("external_id").notNull(),
    kind: text().notNull().$type<"hint" | "answer">(),
    /** Of an answer. */
    operation: text().$type<"create" | "update" | "delete">(),
    transaction: text(),
    columns: jsonb().$type<Columns>(),
    readBack: boolean("read_back").notNull(),
    /** Before then it is not looked at. */
    dueAt: at("due_at").notNull(),
    /** When it came: the age of what waits. */
    since: at("since").notNull(),
  },
  (table) => [
    // The reading of a system takes what is due, in the order in which it came.
    index("inbox_by_system").on(table.system, table.number),
  ],
);

/** Numbers the reads of systems without a log: the order of what they tell. */
export const readings = pgSequence("readings", { startWith: 1 });
