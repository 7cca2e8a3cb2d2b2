CREATE SEQUENCE "public"."receipt_sequence" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"name" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accounts_phone_unique" UNIQUE("phone")
);
--> statement-breakpoint
CREATE TABLE "codes" (
	"request" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"code" text NOT NULL,
	"address" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"open" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conflicts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"draft" uuid NOT NULL,
	"path" text NOT NULL,
	"mine" json,
	"device" uuid NOT NULL,
	"account" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"against" integer NOT NULL,
	"reason" text NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account" uuid NOT NULL,
	"last_seq" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" uuid NOT NULL,
	"call" text NOT NULL,
	"award" text NOT NULL,
	"form_version" integer NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"submitted" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"draft" uuid NOT NULL,
	"sha256" text NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"state" text NOT NULL,
	"stored" text NOT NULL,
	CONSTRAINT "files_draft_sha256_pk" PRIMARY KEY("draft","sha256")
);
--> statement-breakpoint
CREATE TABLE "history" (
	"draft" uuid NOT NULL,
	"path" text NOT NULL,
	"value" json,
	"version" integer NOT NULL,
	"base" integer NOT NULL,
	"device" uuid NOT NULL,
	"account" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "history_draft_version_pk" PRIMARY KEY("draft","version")
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"draft" uuid NOT NULL,
	"key" text NOT NULL,
	"body" text NOT NULL,
	"receipt" json NOT NULL,
	CONSTRAINT "idempotency_draft_key_pk" PRIMARY KEY("draft","key")
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"device" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"draft" text NOT NULL,
	"path" text NOT NULL,
	"base" integer NOT NULL,
	"phone_at" text NOT NULL,
	"verdict" json NOT NULL,
	CONSTRAINT "operations_device_seq_pk" PRIMARY KEY("device","seq")
);
--> statement-breakpoint
CREATE TABLE "registers" (
	"draft" uuid NOT NULL,
	"path" text NOT NULL,
	"value" json,
	"version" integer NOT NULL,
	"base" integer NOT NULL,
	"device" uuid NOT NULL,
	"account" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "registers_draft_path_pk" PRIMARY KEY("draft","path")
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token" text PRIMARY KEY NOT NULL,
	"account" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"private_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"draft" uuid NOT NULL,
	"revision" integer NOT NULL,
	"digest" text NOT NULL,
	"content" text NOT NULL,
	"receipt" json NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "submissions_number_unique" UNIQUE("number")
);
--> statement-breakpoint
ALTER TABLE "conflicts" ADD CONSTRAINT "conflicts_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_account_accounts_id_fk" FOREIGN KEY ("account") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_owner_accounts_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history" ADD CONSTRAINT "history_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency" ADD CONSTRAINT "idempotency_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations" ADD CONSTRAINT "operations_device_devices_id_fk" FOREIGN KEY ("device") REFERENCES "public"."devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registers" ADD CONSTRAINT "registers_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_account_accounts_id_fk" FOREIGN KEY ("account") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_draft_drafts_id_fk" FOREIGN KEY ("draft") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "codes_phone" ON "codes" USING btree ("phone","created_at");--> statement-breakpoint
CREATE INDEX "codes_created" ON "codes" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "conflicts_open" ON "conflicts" USING btree ("draft","path","device") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "drafts_owner" ON "drafts" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "submissions_draft" ON "submissions" USING btree ("draft");