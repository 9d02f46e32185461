import { sql } from "drizzle-orm";
import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type {
  AttemptId,
  BindingId,
  ConflictId,
  EntityId,
  LinkId,
  QuarantineId,
  RecordId,
  SystemId,
} from "../../server/core/ids.ts";
import type { MassKind } from "../../server/core/map/mass-words.ts";
import type { Position } from "../../server/core/position.ts";
import type {
  AttemptState,
  Base,
  Candidate,
  ConflictKind,
  ConflictReason,
  ConflictState,
  HubValue,
  LinkStateName,
  Merged,
} from "../../server/core/reconcile/state.ts";
import type { Columns, FieldValue, FieldValues } from "../../server/core/values/field-value.ts";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

/** One hub (golden) record of an entity, with every value's source and time. */
export const records = pgTable(
  "records",
  {
    id: uuid().primaryKey().$type<RecordId>(),
    entity: text().notNull().$type<EntityId>(),
    values: jsonb().notNull().$type<Record<string, HubValue>>(),
    deletedAt: at("deleted_at"),
    /** A person found it to be another record: where it went, and how the two part again. */
    merged: jsonb().$type<Merged | null>(),
    createdAt: at("created_at").notNull(),
  },
  (table) => [
    // Record lists of an entity, newest first (uuid v7 sorts by creation).
    index("records_by_entity").on(table.entity, table.id),
    // What was merged into a record: few or none.
    index("records_by_heir")
      .on(sql`(${table.merged} ->> 'into')`)
      .where(sql`${table.merged} is not null`),
  ],
);

/** Values of exact match keys: how an unknown row finds its record. */
export const recordKeys = pgTable(
  "record_keys",
  {
    record: uuid().notNull().$type<RecordId>(),
    /** Which key of the entity, by its fields: "email" or "name+city". */
    key: text().notNull(),
    /** The values in canonical form, joined; case-folded where the field says so. */
    value: text().notNull(),
    entity: text().notNull().$type<EntityId>(),
  },
  (table) => [
    primaryKey({ columns: [table.record, table.key] }),
    index("record_keys_by_value").on(table.entity, table.key, table.value),
  ],
);

/** The crosswalk: this record is that row, in that incarnation, of that binding's object. */
export const links = pgTable(
  "links",
  {
    id: uuid().primaryKey().$type<LinkId>(),
    record: uuid().notNull().$type<RecordId>(),
    binding: text().notNull().$type<BindingId>(),
    system: text().notNull().$type<SystemId>(),
    externalId: text("external_id"),
    incarnation: integer().notNull(),
    state: text().notNull().$type<LinkStateName>(),
    columns: jsonb().notNull().$type<Columns>(),
    bases: jsonb().notNull().$type<Record<string, Base>>(),
    reverts: jsonb().$type<Record<string, { count: number; since: string }> | null>(),
    position: text().$type<Position>(),
    /** The held item with which a person has let be that the row is not made. */
    letBe: uuid("let_be").$type<QuarantineId>(),
    /** The enumeration that last saw it: what a complete one did not see is gone. */
    seenIn: text("seen_in"),
  },
  (table) => [
    // An external id names one live row; tombstones of earlier incarnations keep theirs.
    uniqueIndex("links_live_external_id")
      .on(table.binding, table.externalId)
      .where(sql`${table.state} = 'live'`),
    // A record has one place per binding.
    uniqueIndex("links_one_per_record")
      .on(table.record, table.binding)
      .where(sql`${table.state} in ('live', 'pending')`),
    // All places of a record, tombstones too: every decision loads them.
    index("links_by_record").on(table.record, table.binding),
    // Rows that many others are gone with, until a person has decided: mostly none.
    index("links_missing").on(table.binding).where(sql`${table.state} = 'missing'`),
    // Tombstones and re-created ids.
    index("links_by_external_id").on(table.binding, table.externalId),
  ],
);

/**
 * Rows that matched no record and may not make one, as the log last told them. When a record gets
 * one of their keys they are decided as first contact: nothing is ever made beside them.
 */
export const unmatchedRows = pgTable(
  "unmatched_rows",
  {
    binding: text().notNull().$type<BindingId>(),
    externalId: text("external_id").notNull(),
    entity: text().notNull().$type<EntityId>(),
    columns: jsonb().notNull().$type<Columns>(),
    /** Match keys as "name\nvalue". */
    keys: text().array().notNull(),
    position: text().notNull().$type<Position>(),
    at: at("at"),
  },
  (table) => [
    primaryKey({ columns: [table.binding, table.externalId] }),
    // Asked with the keys of every new record.
    index("unmatched_rows_by_key").using("gin", table.keys),
  ],
);

/** Rows that a person has let be: decided anew when they change, or when a person says so. */
export const rowsLetBe = pgTable(
  "rows_let_be",
  {
    binding: text().notNull().$type<BindingId>(),
    externalId: text("external_id").notNull(),
    /** The item in quarantine with which they were let be. */
    item: uuid().notNull().$type<QuarantineId>(),
    /** As they were then, and what has been read of them since. */
    columns: jsonb().notNull().$type<Columns>(),
    position: text().$type<Position>(),
  },
  (table) => [primaryKey({ columns: [table.binding, table.externalId] })],
);

/**
 * Links whose system is to be brought to the hub's present values. A row is work, never a value:
 * what is sent is computed when it is sent.
 */
export const deliveries = pgTable(
  "deliveries",
  {
    link: uuid().primaryKey().$type<LinkId>(),
    record: uuid().notNull().$type<RecordId>(),
    binding: text().notNull().$type<BindingId>(),
    system: text().notNull().$type<SystemId>(),
    /** A lease covers one partition of one system. */
    partition: smallint().notNull(),
    /**
     * due: at `nextAt` · sent: waits for its event in the log · parked: waits for a person
     * (quarantine)
     */
    state: text().notNull().$type<"due" | "sent" | "parked">(),
    nextAt: at("next_at").notNull(),
    tries: smallint().notNull(),
    /** When it first became due: the age of the backlog. */
    since: at("since").notNull(),
    failure: text(),
  },
  (table) => [
    // An engine takes what is due of its partitions, oldest first.
    index("deliveries_due")
      .on(table.system, table.partition, table.nextAt)
      .where(sql`${table.state} = 'due'`),
  ],
);

/** Intents to write, committed before the call; gone once the log has told their event. */
export const attempts = pgTable(
  "attempts",
  {
    id: uuid().primaryKey().$type<AttemptId>(),
    link: uuid().notNull().$type<LinkId>(),
    record: uuid().notNull().$type<RecordId>(),
    binding: text().notNull().$type<BindingId>(),
    system: text().notNull().$type<SystemId>(),
    operation: text().notNull().$type<"create" | "update" | "delete">(),
    transaction: text(),
    /** The lease under which it was made. */
    partition: text().notNull(),
    epoch: integer().notNull(),
    sent: jsonb().notNull().$type<FieldValues>(),
    columns: jsonb().notNull().$type<Columns>(),
    state: text().notNull().$type<AttemptState>(),
    externalId: text("external_id"),
    at: at("at").notNull(),
  },
  (table) => [
    // Capture asks which events of a transaction are ours.
    index("attempts_by_transaction").on(table.system, table.transaction),
    index("attempts_by_link").on(table.link),
    // Every batch asks for those of its system of which nobody knows the outcome: mostly none.
    index("attempts_unknown").on(table.system).where(sql`${table.state} = 'unknown'`),
  ],
);

/** Questions for a person. Settled, never deleted: the audit log points at them. */
export const conflicts = pgTable(
  "conflicts",
  {
    id: uuid().primaryKey().$type<ConflictId>(),
    kind: text().notNull().$type<ConflictKind>(),
    entity: text().notNull().$type<EntityId>(),
    record: uuid().notNull().$type<RecordId>(),
    field: text(),
    reason: text().notNull().$type<ConflictReason>(),
    base: jsonb().$type<{ value?: FieldValue }>().notNull(),
    candidates: jsonb().notNull().$type<Candidate[]>(),
    revision: integer().notNull(),
    state: text().notNull().$type<ConflictState>(),
    openedAt: at("opened_at").notNull(),
    mapVersion: integer("map_version").notNull(),
    resolution: jsonb().$type<{ value?: FieldValue; choice: string; note?: string } | null>(),
    resolvedBy: text("resolved_by"),
    resolvedAt: at("resolved_at"),
    snoozedUntil: at("snoozed_until"),
  },
  (table) => [
    // One open question per record and field; the core relies on it.
    uniqueIndex("conflicts_one_open")
      .on(table.record, sql`coalesce(${table.field}, '')`, table.kind)
      .where(sql`${table.state} = 'open'`),
    // The queue reads only open ones, oldest first.
    index("conflicts_open_by_age").on(table.openedAt).where(sql`${table.state} = 'open'`),
    index("conflicts_by_record").on(table.record),
  ],
);

/**
 * How many rows of a binding were gone, or changed one field, in each minute of a stream or in an
 * enumeration: what the guard against a mass change counts. Of a stream the last minutes only.
 */
export const massTallies = pgTable(
  "mass_tallies",
  {
    binding: text().notNull().$type<BindingId>(),
    kind: text().notNull().$type<MassKind>(),
    /** The empty text for rows that are gone. */
    field: text().notNull(),
    /** A minute of the source's clock, "2026-03-01T12:07", or a run. */
    bucket: text().notNull(),
    seen: integer().notNull(),
    held: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.binding, table.kind, table.field, table.bucket] })],
);

/** Values, rows and deliveries that wait for a person. Released, never dropped. */
export const quarantine = pgTable(
  "quarantine",
  {
    id: uuid().primaryKey().$type<QuarantineId>(),
    /** value: a field of an observed row · row: a row that cannot be decided · delivery */
    kind: text().notNull().$type<"value" | "row" | "delivery">(),
    entity: text().notNull().$type<EntityId>(),
    record: uuid().$type<RecordId>(),
    link: uuid().$type<LinkId>(),
    binding: text().notNull().$type<BindingId>(),
    system: text().notNull().$type<SystemId>(),
    externalId: text("external_id"),
    field: text(),
    /** Machine-readable: "type", "length", "unique" … */
    code: text().notNull(),
    message: text().notNull(),
    value: jsonb().$type<{ value?: FieldValue }>().notNull(),
    /** What its reference waits for: a row, or of a delivery a record that gets its row there. */
    awaitsBinding: text("awaits_binding"),
    awaitsId: text("awaits_id"),
    /** The row as it was seen, for one that has no record yet. */
    columns: jsonb().$type<Columns | null>(),
    /** Where in its system's order the row was told last; null where nobody told it. */
    position: text().$type<Position>(),
    state: text().notNull().$type<"held" | "released" | "dismissed" | "resolved">(),
    tries: integer().notNull(),
    heldAt: at("held_at").notNull(),
    releasedAt: at("released_at"),
    releasedBy: text("released_by"),
    note: text(),
    mapVersion: integer("map_version").notNull(),
  },
  (table) => [
    // One held item per place: a new failure of the same place replaces it.
    uniqueIndex("quarantine_one_held")
      .on(
        table.binding,
        sql`coalesce(${table.externalId}, ${table.link}::text)`,
        table.kind,
        sql`coalesce(${table.field}, '')`,
      )
      .where(sql`${table.state} = 'held'`),
    index("quarantine_held_by_age").on(table.heldAt).where(sql`${table.state} = 'held'`),
    // What people have let be: some of it is so still.
    index("quarantine_let_be").on(table.releasedAt).where(sql`${table.state} = 'dismissed'`),
    index("quarantine_by_record").on(table.record),
    index("quarantine_awaiting")
      .on(table.awaitsBinding, table.awaitsId)
      .where(sql`${table.state} = 'held' and ${table.awaitsBinding} is not null`),
  ],
);
