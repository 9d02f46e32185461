CREATE TABLE "replays" (
	"run" text PRIMARY KEY NOT NULL,
	"filter" jsonb NOT NULL,
	"person" text NOT NULL,
	"per_second" integer NOT NULL,
	"after" uuid,
	"until" uuid NOT NULL,
	"next_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "replays" ADD CONSTRAINT "replays_run_runs_id_fk" FOREIGN KEY ("run") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;