CREATE INDEX "links_by_record" ON "links" USING btree ("record","binding");--> statement-breakpoint
-- Room on each page for the next state of its rows: a change that touches no indexed column then
-- leaves the indexes alone. Drizzle has no word for it.
ALTER TABLE "records" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "links" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "deliveries" SET (fillfactor = 70);
