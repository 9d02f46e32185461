CREATE TABLE "row_names" (
	"link" uuid NOT NULL,
	"space" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "row_names_link_space_pk" PRIMARY KEY("link","space")
);
--> statement-breakpoint
CREATE INDEX "row_names_by_name" ON "row_names" USING btree ("space","name");