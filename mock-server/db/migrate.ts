import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { Database } from './connect'

/** Any number that no other lock of ours has. */
const MIGRATION_LOCK = 5_902_021

// Beside this file in the source; a bundle one folder down finds them in the source, or beside itself.
const folder = ['./migrations', '../mock-server/db/migrations', '../../mock-server/db/migrations']
  .map((place) => fileURLToPath(new URL(place, import.meta.url)))
  .find((place) => existsSync(place))

/**
 * Brings the tables up to date; instances that start together wait for each other. Tables that are up to date are only
 * asked: a role that may not change them can run the server.
 */
export async function migrate(db: Database): Promise<void> {
  if (!folder) throw new Error('The folder of migrations is missing: mock-server/db/migrations')
  if (await isUpToDate(db, folder)) return
  const client = await db.$client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await applyMigrations(drizzle(client), { migrationsFolder: folder })
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
  } finally {
    client.release()
  }
}

async function isUpToDate(db: Database, migrationsFolder: string): Promise<boolean> {
  const latest = Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis))
  const applied = await db.$client
    .query<{ latest: string | null }>('select max(created_at) as latest from drizzle.__drizzle_migrations')
    .catch((reason: { code?: string }) => {
      // 42P01, 3F000: no such table or schema yet.
      if (reason.code === '42P01' || reason.code === '3F000') return { rows: [] }
      throw reason
    })
  return Number(applied.rows[0]?.latest ?? 0) >= latest
}
