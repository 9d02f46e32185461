import {
  bigint,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { AuditKind, Cause, Loser, Rule } from "../../server/core/audit/audit-entry.ts";
import type { LinkId, RecordId } from "../../server/core/ids.ts";
import type { FieldValue } from "../../server/core/values/field-value.ts";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/**
 * One line per field change or refusal. Append-only. A created record or row is one line whose
 * `after` holds all its values by field (`field` is null): readers spread it.
 */
export const auditEntries = pgTable(
  "audit_entries",
  {
    /** One chain per stream: "capture:erp", "deliver:shop:0", "people". */
    stream: text().notNull(),
    number: bigint({ mode: "number" }).notNull(),
    at: at("at").notNull(),
    kind: text().notNull().$type<AuditKind>(),
    actor: text().notNull(),
    entity: text().notNull(),
    /** Null for a row that never was a record's. */
    record: uuid().$type<RecordId>(),
    link: uuid().$type<LinkId>(),
    system: text(),
    field: text(),
    before: jsonb().$type<FieldValue>(),
    after: jsonb().$type<FieldValue | Record<string, FieldValue>>(),
    losers: jsonb().$type<Loser[]>(),
    rule: text().notNull().$type<Rule>(),
    cause: jsonb().notNull().$type<Cause>(),
    mapVersion: integer("map_version").notNull(),
    run: text(),
    /** Salted digest of the line: stays when a person's values are erased. */
    salt: bytea().notNull(),
    digest: bytea(),
  },
  (table) => [
    primaryKey({ columns: [table.stream, table.number] }),
    // History of a record, the record page and `why`.
    index("audit_by_record").on(table.record, table.at),
    // The audit screen reads newest first.
    index("audit_by_time").on(table.at, table.stream, table.number),
  ],
);

/** One digest per transaction, chained: sha256(previous digest ‖ digests of its lines). */
export const auditBatches = pgTable(
  "audit_batches",
  {
    stream: text().notNull(),
    first: bigint({ mode: "number" }).notNull(),
    last: bigint({ mode: "number" }).notNull(),
    digest: bytea().notNull(),
    at: at("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.first] })],
);

/** The end of each chain. Locked while a transaction appends to it. */
export const auditHeads = pgTable("audit_heads", {
  stream: text().primaryKey(),
  last: bigint({ mode: "number" }).notNull(),
  digest: bytea().notNull(),
});
