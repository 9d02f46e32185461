CREATE TABLE "mass_tallies" (
	"binding" text NOT NULL,
	"kind" text NOT NULL,
	"field" text NOT NULL,
	"bucket" text NOT NULL,
	"seen" integer NOT NULL,
	"held" integer NOT NULL,
	CONSTRAINT "mass_tallies_binding_kind_field_bucket_pk" PRIMARY KEY("binding","kind","field","bucket")
);
--> statement-breakpoint
CREATE INDEX "links_missing" ON "links" USING btree ("binding") WHERE "links"."state" = 'missing';