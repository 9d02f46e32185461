CREATE TABLE "moved_references" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "moved_references_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"system" text NOT NULL,
	"record" uuid NOT NULL,
	"after" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "moved_references_by_system" ON "moved_references" USING btree ("system","number");