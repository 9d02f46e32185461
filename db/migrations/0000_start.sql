CREATE TABLE "audit_batches" (
	"stream" text NOT NULL,
	"first" bigint NOT NULL,
	"last" bigint NOT NULL,
	"digest" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_batches_stream_first_pk" PRIMARY KEY("stream","first")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"stream" text NOT NULL,
	"number" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kind" text NOT NULL,
	"actor" text NOT NULL,
	"entity" text NOT NULL,
	"record" uuid NOT NULL,
	"link" uuid,
	"system" text,
	"field" text,
	"before" jsonb,
	"after" jsonb,
	"losers" jsonb,
	"rule" text NOT NULL,
	"cause" jsonb NOT NULL,
	"map_version" integer NOT NULL,
	"run" text,
	"salt" "bytea" NOT NULL,
	"digest" "bytea",
	CONSTRAINT "audit_entries_stream_number_pk" PRIMARY KEY("stream","number")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"stream" text PRIMARY KEY NOT NULL,
	"last" bigint NOT NULL,
	"digest" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "canvas_layouts" (
	"entity" text NOT NULL,
	"node" text NOT NULL,
	"x" integer NOT NULL,
	"y" integer NOT NULL,
	CONSTRAINT "canvas_layouts_entity_node_pk" PRIMARY KEY("entity","node")
);
--> statement-breakpoint
CREATE TABLE "captures" (
	"system" text PRIMARY KEY NOT NULL,
	"position" text,
	"loaded" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"lag_bytes" bigint,
	"lag_seconds" integer,
	"last_change_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "draft_edits" (
	"draft" text NOT NULL,
	"revision" integer NOT NULL,
	"edit" jsonb NOT NULL,
	"inverse" jsonb NOT NULL,
	"label" text NOT NULL,
	"author" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"undone_at" timestamp with time zone,
	CONSTRAINT "draft_edits_draft_revision_pk" PRIMARY KEY("draft","revision")
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" text PRIMARY KEY NOT NULL,
	"document" jsonb NOT NULL,
	"base" integer NOT NULL,
	"revision" integer NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engines" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"heartbeat_at" timestamp with time zone NOT NULL,
	"pid" integer NOT NULL,
	"host" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"partition" text PRIMARY KEY NOT NULL,
	"engine" text,
	"epoch" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "map_versions" (
	"number" integer PRIMARY KEY NOT NULL,
	"document" jsonb NOT NULL,
	"author" text NOT NULL,
	"note" text NOT NULL,
	"restores" integer,
	"published_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "objects" (
	"system" text NOT NULL,
	"name" text NOT NULL,
	"schema" jsonb NOT NULL,
	"version" integer NOT NULL,
	"discovered_at" timestamp with time zone NOT NULL,
	"drift" jsonb,
	CONSTRAINT "objects_system_name_pk" PRIMARY KEY("system","name")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"system" text,
	"binding" text,
	"state" text NOT NULL,
	"map_version" integer,
	"engine" text,
	"counts" jsonb NOT NULL,
	"detail" text,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "systems" (
	"id" text PRIMARY KEY NOT NULL,
	"connector" text NOT NULL,
	"settings" jsonb NOT NULL,
	"secrets" text,
	"reading_paused" boolean NOT NULL,
	"writing_paused" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"clock_offset_ms" integer,
	"clock_error_ms" integer,
	"failure" jsonb
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"link" uuid NOT NULL,
	"record" uuid NOT NULL,
	"binding" text NOT NULL,
	"system" text NOT NULL,
	"operation" text NOT NULL,
	"transaction" text,
	"partition" text NOT NULL,
	"epoch" integer NOT NULL,
	"sent" jsonb NOT NULL,
	"columns" jsonb NOT NULL,
	"state" text NOT NULL,
	"external_id" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conflicts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"entity" text NOT NULL,
	"record" uuid NOT NULL,
	"field" text,
	"reason" text NOT NULL,
	"base" jsonb NOT NULL,
	"candidates" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"state" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"map_version" integer NOT NULL,
	"resolution" jsonb,
	"resolved_by" text,
	"resolved_at" timestamp with time zone,
	"snoozed_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"link" uuid PRIMARY KEY NOT NULL,
	"record" uuid NOT NULL,
	"binding" text NOT NULL,
	"system" text NOT NULL,
	"partition" smallint NOT NULL,
	"state" text NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"tries" smallint NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"record" uuid NOT NULL,
	"binding" text NOT NULL,
	"system" text NOT NULL,
	"external_id" text,
	"incarnation" integer NOT NULL,
	"state" text NOT NULL,
	"columns" jsonb NOT NULL,
	"bases" jsonb NOT NULL,
	"reverts" jsonb,
	"position" text,
	"seen_in" text
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"entity" text NOT NULL,
	"record" uuid,
	"link" uuid,
	"binding" text NOT NULL,
	"system" text NOT NULL,
	"external_id" text,
	"field" text,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"value" jsonb NOT NULL,
	"columns" jsonb,
	"state" text NOT NULL,
	"tries" integer NOT NULL,
	"held_at" timestamp with time zone NOT NULL,
	"released_at" timestamp with time zone,
	"released_by" text,
	"note" text,
	"map_version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "record_keys" (
	"record" uuid NOT NULL,
	"key" text NOT NULL,
	"value" text NOT NULL,
	"entity" text NOT NULL,
	CONSTRAINT "record_keys_record_key_pk" PRIMARY KEY("record","key")
);
--> statement-breakpoint
CREATE TABLE "records" (
	"id" uuid PRIMARY KEY NOT NULL,
	"entity" text NOT NULL,
	"values" jsonb NOT NULL,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_by_record" ON "audit_entries" USING btree ("record","at");--> statement-breakpoint
CREATE INDEX "audit_by_time" ON "audit_entries" USING btree ("at","stream","number");--> statement-breakpoint
CREATE INDEX "runs_by_start" ON "runs" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "attempts_by_transaction" ON "attempts" USING btree ("system","transaction");--> statement-breakpoint
CREATE INDEX "attempts_by_link" ON "attempts" USING btree ("link");--> statement-breakpoint
CREATE UNIQUE INDEX "conflicts_one_open" ON "conflicts" USING btree ("record",coalesce("field", ''),"kind") WHERE "conflicts"."state" = 'open';--> statement-breakpoint
CREATE INDEX "conflicts_open_by_age" ON "conflicts" USING btree ("opened_at") WHERE "conflicts"."state" = 'open';--> statement-breakpoint
CREATE INDEX "conflicts_by_record" ON "conflicts" USING btree ("record");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("system","partition","next_at") WHERE "deliveries"."state" = 'due';--> statement-breakpoint
CREATE UNIQUE INDEX "links_live_external_id" ON "links" USING btree ("binding","external_id") WHERE "links"."state" = 'live';--> statement-breakpoint
CREATE UNIQUE INDEX "links_one_per_record" ON "links" USING btree ("record","binding") WHERE "links"."state" in ('live', 'pending');--> statement-breakpoint
CREATE INDEX "links_by_external_id" ON "links" USING btree ("binding","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "quarantine_one_held" ON "quarantine" USING btree ("binding",coalesce("external_id", "link"::text),"kind",coalesce("field", '')) WHERE "quarantine"."state" = 'held';--> statement-breakpoint
CREATE INDEX "quarantine_held_by_age" ON "quarantine" USING btree ("held_at") WHERE "quarantine"."state" = 'held';--> statement-breakpoint
CREATE INDEX "quarantine_by_record" ON "quarantine" USING btree ("record");--> statement-breakpoint
CREATE INDEX "record_keys_by_value" ON "record_keys" USING btree ("entity","key","value");--> statement-breakpoint
CREATE INDEX "records_by_entity" ON "records" USING btree ("entity","id");