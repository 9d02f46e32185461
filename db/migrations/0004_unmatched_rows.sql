CREATE TABLE "unmatched_rows" (
	"binding" text NOT NULL,
	"external_id" text NOT NULL,
	"entity" text NOT NULL,
	"columns" jsonb NOT NULL,
	"keys" text[] NOT NULL,
	"position" text NOT NULL,
	"at" timestamp with time zone,
	CONSTRAINT "unmatched_rows_binding_external_id_pk" PRIMARY KEY("binding","external_id")
);
--> statement-breakpoint
CREATE INDEX "unmatched_rows_by_key" ON "unmatched_rows" USING gin ("keys");