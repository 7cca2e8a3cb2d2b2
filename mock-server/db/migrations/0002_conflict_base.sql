DROP INDEX "conflicts_open";--> statement-breakpoint
ALTER TABLE "conflicts" ADD COLUMN "base" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "conflicts_open" ON "conflicts" USING btree ("draft","path","device","base") WHERE closed_at is null;