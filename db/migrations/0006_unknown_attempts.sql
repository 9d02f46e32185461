CREATE INDEX "attempts_unknown" ON "attempts" USING btree ("system") WHERE "attempts"."state" = 'unknown';
