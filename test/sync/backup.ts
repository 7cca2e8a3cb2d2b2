/** A server that is restored from a backup: its tables go back to what they were, for the people of one history. */
import { sql } from 'drizzle-orm'
import type { World } from './history'

const ofAccount = ['devices', 'drafts'] as const
const ofDraft = ['draft_keys', 'identities', 'registers', 'history', 'conflicts', 'files', 'previews', 'submissions', 'idempotency'] as const
const saved = new WeakMap<World, Record<string, string>>()

const people = (world: World) => sql.join(world.people.map(({ id }) => sql`${id}::uuid`), sql`, `)
const whose = (table: string, world: World) => {
  if (table === 'devices') return sql`account in (${people(world)})`
  if (table === 'drafts') return sql`owner in (${people(world)})`
  if (table === 'operations') return sql`device in (select id from devices where account in (${people(world)}))`
  return sql`draft in (select id from drafts where owner in (${people(world)}))`
}
const all = [...ofAccount, 'operations', ...ofDraft]

export async function saveServer(world: World): Promise<void> {
  const rows: Record<string, string> = {}
  for (const table of all) {
    const found = await world.server.db.execute<{ rows: string }>(
      sql`select coalesce(json_agg(one), '[]')::text as rows from ${sql.identifier(table)} one where ${whose(table, world)}`,
    )
    rows[table] = found.rows[0]?.rows ?? '[]'
  }
  saved.set(world, rows)
}

export async function restoreServer(world: World): Promise<void> {
  const rows = saved.get(world)
  if (!rows) return
  world.server.revive()
  world.record('the server is restored from its backup')
  await world.server.db.transaction(async (tx) => {
    await tx.execute(sql`delete from drafts where owner in (${people(world)})`)
    await tx.execute(sql`delete from devices where account in (${people(world)})`)
    for (const table of all)
      await tx.execute(
        sql`insert into ${sql.identifier(table)} select * from json_populate_recordset(null::${sql.identifier(table)}, ${rows[table]}::json)`,
      )
  })
  world.restored = true
}
