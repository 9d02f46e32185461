import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { MapDocument } from "../../server/core/map/document.ts";
import type { ObjectSchema } from "../../server/core/map/object-schema.ts";

const at = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });

/** Published versions of the map. Immutable: a roll-back publishes the old document anew. */
export const mapVersions = pgTable("map_versions", {
  number: integer().primaryKey(),
  document: jsonb().notNull().$type<MapDocument>(),
  author: text().notNull(),
  note: text().notNull(),
  /** The version whose rules this one brings back, for a roll-back. */
  restores: integer(),
  publishedAt: at("published_at").notNull(),
});

/**
 * The one draft: `base` is the version it grew from, `revision` counts its edits. An edit names
 * the revision it was made on; a stale one is refused or rebased, never written over.
 */
export const drafts = pgTable("drafts", {
  id: text().primaryKey(),
  document: jsonb().notNull().$type<MapDocument>(),
  base: integer().notNull(),
  revision: integer().notNull(),
  updatedAt: at("updated_at").notNull(),
  updatedBy: text("updated_by").notNull(),
});

/** Every gesture on the draft with its inverse: undo survives a reload. */
export const draftEdits = pgTable(
  "draft_edits",
  {
    draft: text().notNull(),
    revision: integer().notNull(),
    edit: jsonb().notNull().$type<unknown>(),
    inverse: jsonb().notNull().$type<unknown>(),
    label: text().notNull(),
    author: text().notNull(),
    at: at("at").notNull(),
    /** Set while the edit is undone; a new edit drops the undone ones. */
    undoneAt: at("undone_at"),
    /** What it did to the notes of suggestions that were taken; null: nothing. */
    notes: jsonb().$type<unknown>(),
  },
  (table) => [primaryKey({ columns: [table.draft, table.revision] })],
);

/** Where boxes lie on the canvas: no part of the map, makes no version. */
export const canvasLayouts = pgTable(
  "canvas_layouts",
  {
    entity: text().notNull(),
    node: text().notNull(),
    x: integer().notNull(),
    y: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.entity, table.node] })],
);

/** How a system is reached. Secret settings are encrypted apart from the plain ones. */
export const systems = pgTable("systems", {
  id: text().primaryKey(),
  connector: text().notNull(),
  settings: jsonb().notNull().$type<Record<string, unknown>>(),
  /** AES-256-GCM over a JSON object of the secret settings. */
  secrets: text(),
  readingPaused: boolean("reading_paused").notNull(),
  writingPaused: boolean("writing_paused").notNull(),
  createdAt: at("created_at").notNull(),
  /** Measured: the system's clock minus ours, and the measurement's error, in milliseconds. */
  clockOffsetMs: integer("clock_offset_ms"),
  clockErrorMs: integer("clock_error_ms"),
  /** The last failure of the system as a whole; null while it answers. */
  failure: jsonb().$type<{ kind: string; detail: string; since: string } | null>(),
});

/** Schemas as discovered, newest per object; `version` counts real changes. */
export const objects = pgTable(
  "objects",
  {
    system: text().notNull(),
    name: text().notNull(),
    schema: jsonb().notNull().$type<ObjectSchema>(),
    version: integer().notNull(),
    discoveredAt: at("discovered_at").notNull(),
    /** A change of the source that its edges cannot follow: reading of it stands still. */
    drift: jsonb().$type<{ sentences: string[]; breaking: boolean; at: string } | null>(),
  },
  (table) => [primaryKey({ columns: [table.system, table.name] })],
);

type Comparison = { because: "log" | "hub"; detail: string; since: string };

/** How far a system has been read: written in the same transaction as the effects. */
export const captures = pgTable("captures", {
  system: text().primaryKey(),
  position: text(),
  /** Object name → position of its whole first read; null while it is being read. */
  loaded: jsonb().notNull().$type<Record<string, string>>(),
  /** Object name → digest of the edges it was read with: others mean it is read again. */
  shapes: jsonb().notNull().$type<Record<string, string>>(),
  updatedAt: at("updated_at").notNull(),
  /** Why everything is read whole and compared; null in ordinary times. */
  comparing: jsonb().$type<Comparison | null>(),
  lagBytes: bigint("lag_bytes", { mode: "number" }),
  lagSeconds: integer("lag_seconds"),
  /** How often it was found to be read to its end: what it told before has been heard by then. */
  caughtUp: bigint("caught_up", { mode: "number" }).notNull().default(0),
  /** Commit time of the last change told, of the source's clock. */
  lastChangeAt: at("last_change_at"),
});

/** Live engines and what each of them holds. */
export const engines = pgTable("engines", {
  id: text().primaryKey(),
  startedAt: at("started_at").notNull(),
  heartbeatAt: at("heartbeat_at").notNull(),
  pid: integer().notNull(),
  host: text().notNull(),
});

/** Who may work on a partition: `epoch` fences whoever held it before. */
export const leases = pgTable("leases", {
  partition: text().primaryKey(),
  engine: text(),
  epoch: integer().notNull(),
  expiresAt: at("expires_at").notNull(),
});

/** Bounded pieces of work with their counts, and the stretches of continuous reading. */
export const runs = pgTable(
  "runs",
  {
    id: text().primaryKey(),
    /** initial-load, continuous, publish, verify, replay */
    kind: text().notNull(),
    system: text(),
    binding: text(),
    state: text().notNull(),
    mapVersion: integer("map_version"),
    engine: text(),
    counts: jsonb().notNull().$type<Record<string, number>>(),
    detail: text(),
    startedAt: at("started_at").notNull(),
    finishedAt: at("finished_at"),
    updatedAt: at("updated_at").notNull(),
  },
  (table) => [index("runs_by_start").on(table.startedAt)],
);

/**
 * Held items that are tried again at a pace: what a run of the kind "replay" needs to go on, in
 * whichever engine, after whatever crash.
 */
export const replays = pgTable("replays", {
  run: text()
    .primaryKey()
    .references(() => runs.id, { onDelete: "cascade" }),
  filter: jsonb().notNull().$type<Record<string, string | null>>(),
  /** Who asked for it: each item is that person's act. */
  person: text().notNull(),
  perSecond: integer("per_second").notNull(),
  /** The last item that was tried; null: none yet. */
  after: uuid(),
  /** The last item that was held when it began: what it holds anew is not tried by it again. */
  until: uuid().notNull(),
  /** Nobody tries more of it before this. */
  nextAt: at("next_at").notNull(),
});

/** What this hub was told about itself: "people-at-work" is the sandbox's switch. */
export const hubSettings = pgTable("hub_settings", {
  key: text().primaryKey(),
  value: jsonb().notNull().$type<unknown>(),
});
