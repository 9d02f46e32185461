import { index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { LinkId } from "../../server/core/ids.ts";

/**
 * How rows are named by columns beside their key, where others refer to them so. Only of columns
 * that the live map refers by; what a name leads to is told by its link.
 */
export const rowNames = pgTable(
  "row_names",
  {
    link: uuid().notNull().$type<LinkId>(),
    /** Whose rows, and by which of their columns. */
    space: text().notNull(),
    /** As names are looked for: those that the system takes for one are one. */
    name: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.link, table.space] }),
    // Asked with the references of every batch.
    index("row_names_by_name").on(table.space, table.name),
  ],
);
