CREATE TABLE "handovers" (
	"id" text PRIMARY KEY NOT NULL,
	"stored" text NOT NULL,
	"bytes" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "previews" (
	"draft" uuid NOT NULL,
	"sha256" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "previews_draft_sha256_pk" PRIMARY KEY("draft","sha256")
);
--> statement-breakpoint
ALTER TABLE "previews" ADD CONSTRAINT "previews_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "handovers_expires" ON "handovers" USING btree ("expires_at");