ALTER TABLE "quarantine" ADD COLUMN "awaits_binding" text;--> statement-breakpoint
ALTER TABLE "quarantine" ADD COLUMN "awaits_id" text;--> statement-breakpoint
CREATE INDEX "quarantine_awaiting" ON "quarantine" USING btree ("awaits_binding","awaits_id") WHERE "quarantine"."state" = 'held' and "quarantine"."awaits_binding" is not null;