CREATE TABLE "rows_let_be" (
	"binding" text NOT NULL,
	"external_id" text NOT NULL,
	"item" uuid NOT NULL,
	"columns" jsonb NOT NULL,
	"position" text,
	CONSTRAINT "rows_let_be_binding_external_id_pk" PRIMARY KEY("binding","external_id")
);
--> statement-breakpoint
ALTER TABLE "links" ADD COLUMN "let_be" uuid;--> statement-breakpoint
CREATE INDEX "quarantine_let_be" ON "quarantine" USING btree ("released_at") WHERE "quarantine"."state" = 'dismissed';