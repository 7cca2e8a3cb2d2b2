import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { Database } from './connect'

/** Any number that no other lock of ours has. */
const MIGRATION_LOCK = 5_902_021

// Beside this file in the source; a bundle one folder down finds them in the source, or beside itself.
const folder = ['./migrations', '../mock-server/db/migrations', '../../mock-server/db/migrations']
  .map((place) => fileURLToPath(new URL(place, import.meta.url)))
  .find((place) => existsSync(place))

/** Brings the tables up to date; instances that start together wait for each other. */
export async function migrate(db: Database): Promise<void> {
  if (!folder) throw new Error('The folder of migrations is missing: mock-server/db/migrations')
  const client = await db.$client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await applyMigrations(drizzle(client), { migrationsFolder: folder })
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
  } finally {
    client.release()
  }
}
