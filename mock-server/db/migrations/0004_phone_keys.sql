CREATE TABLE "phone_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account" uuid NOT NULL,
	"sealed" "bytea" NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "phone_keys" ADD CONSTRAINT "phone_keys_account_accounts_id_fk" FOREIGN KEY ("account") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "phone_keys_account" ON "phone_keys" USING btree ("account");