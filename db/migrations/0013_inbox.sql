CREATE SEQUENCE "public"."readings" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "inbox" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"system" text NOT NULL,
	"object" text NOT NULL,
	"external_id" text NOT NULL,
	"kind" text NOT NULL,
	"operation" text,
	"transaction" text,
	"columns" jsonb,
	"read_back" boolean NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "inbox_by_system" ON "inbox" USING btree ("system","number");