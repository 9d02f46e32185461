ALTER TABLE "records" ADD COLUMN "merged" jsonb;--> statement-breakpoint
CREATE INDEX "records_by_heir" ON "records" USING btree (("merged" ->> 'into')) WHERE "records"."merged" is not null;