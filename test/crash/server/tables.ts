/** What must hold in the tables at any moment, asked directly; each question finds what breaks it. */
import { Client } from 'pg'

const questions = {
  'a revision that is not the number of its changes': `
    select d.id::text as found from drafts d left join history h on h.draft = d.id
    group by d.id having d.revision <> count(h.version) or d.revision <> coalesce(max(h.version), 0)`,
  'a register that is not its latest change': `
    select r.draft || ' ' || r.path as found from registers r left join lateral
      (select * from history h where h.draft = r.draft and h.path = r.path order by version desc limit 1) h on true
    where h.version is distinct from r.version or h.value::text is distinct from r.value::text or h.device is distinct from r.device`,
  'a change without its register': `
    select h.draft || ' ' || h.path as found from history h left join registers r on r.draft = h.draft and r.path = h.path
    where r.path is null`,
  'a device whose operations have gaps': `
    select d.id::text as found from devices d left join operations o on o.device = d.id
    group by d.id having d.last_seq <> count(o.seq) or d.last_seq <> coalesce(max(o.seq), 0)`,
  'an operation that was applied without a change': `
    select o.device || ' ' || o.seq as found from operations o
    where o.verdict->>'verdict' = 'applied' and not exists (select from history h
      where h.draft::text = o.draft and h.path = o.path and h.version = (o.verdict->>'version')::int)`,
  'a change that is not exactly one operation': `
    select h.draft || ' ' || h.version as found from history h where 1 <> (select count(*) from operations o
      where o.device = h.device and o.draft = h.draft::text and o.path = h.path
        and o.verdict->>'verdict' = 'applied' and (o.verdict->>'version')::int = h.version)`,
  'a conflict that was answered but not kept': `
    select o.device || ' ' || o.seq as found from operations o where o.verdict->>'verdict' = 'conflict'
      and not exists (select from conflicts c where c.id::text = o.verdict->'conflict'->>'id')`,
  'a draft with two submissions that stand': `
    select draft::text as found from submissions where state = 'stands' group by draft having count(*) > 1`,
  'a revision that was submitted twice': `
    select draft || ' ' || revision as found from submissions group by draft, revision having count(*) > 1`,
  'a draft that names another receipt than the one that stands': `
    select d.id::text as found from drafts d left join submissions s on s.draft = d.id and s.state = 'stands'
    where d.submitted is distinct from s.number`,
  'a receipt that was given without its submission': `
    select i.draft || ' ' || i.key as found from idempotency i
    where not exists (select from submissions s where s.number = i.receipt->>'number')`,
}

export interface Looked {
  /** Question → what breaks it. */
  broken: { question: string; found: string[] }[]
  questions: number
  /** fsync, full_page_writes and synchronous_commit, all `on`. */
  durable: boolean
  /** Registers and files of accounts that the demonstration brings along. */
  samples: { registers: number; files: number }
  /** Value → how often it ever stood. */
  timesWritten: Map<string, number>
}

/** Looks once, without changing anything. @param samples phone numbers of the demonstration's accounts */
export async function look(url: string, samples: readonly string[]): Promise<Looked> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const ask = async <T extends object>(text: string, values: unknown[] = []) => (await client.query<T>(text, values)).rows
    const broken: Looked['broken'] = []
    for (const [question, text] of Object.entries(questions)) {
      const rows = await ask<{ found: string }>(text)
      if (rows.length > 0) broken.push({ question, found: rows.slice(0, 5).map(({ found }) => found) })
    }
    const settings = await ask<{ setting: string }>(
      `select setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`,
    )
    const ofSamples = `draft in (select d.id from drafts d join accounts a on a.id = d.owner where a.phone = any($1))`
    const count = async (table: string) =>
      (await ask<{ n: number }>(`select count(*)::int as n from ${table} where ${ofSamples}`, [samples]))[0]?.n ?? 0
    const written = await ask<{ value: string; n: number }>(
      `select value::text as value, count(*)::int as n from history group by value::text`,
    )
    return {
      broken,
      questions: Object.keys(questions).length,
      durable: settings.length === 3 && settings.every(({ setting }) => setting === 'on'),
      samples: { registers: await count('registers'), files: await count('files') },
      timesWritten: new Map(written.map(({ value, n }) => [value, n])),
    }
  } finally {
    await client.end()
  }
}
