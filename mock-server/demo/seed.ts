/** The sample applications, put into an empty demonstration through the same doors as a phone's. */
import { createHash, randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { samples, type Sample } from '../../test/support/samples'
import { MAX_OPERATIONS, type Operation } from '../../src/domain/sync'
import { accountOf } from '../account/sessions'
import type { Context } from '../context'
import { accounts, files } from '../db/schema'
import { put } from '../files/storage'
import { push } from '../sync/push'

/** Any number that no other lock of ours has. */
const SEED_LOCK = 5_902_024

/** The same draft id wherever the sample is loaded, so that it stays one draft. */
export function sampleDraft(id: Sample['id']): string {
  const hex = createHash('sha256').update(`jiangshen sample ${id}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Loads each sample once: not when its account is there already, whatever became of the draft. The account gets its name
 * last; without one its loading was killed, and begins anew.
 */
export async function seed(context: Context): Promise<void> {
  await context.db.transaction(async (tx) => {
    // Instances that start together wait for each other; the lock of a killed one goes with its connection.
    await tx.execute(sql`select pg_advisory_xact_lock(${SEED_LOCK})`)
    for (const sample of samples) {
      await context.db.delete(accounts).where(and(eq(accounts.phone, sample.phone), isNull(accounts.name)))
      const [known] = await context.db.select().from(accounts).where(eq(accounts.phone, sample.phone))
      if (!known) await load(context, sample)
    }
  })
}

async function load(context: Context, sample: Sample): Promise<void> {
  const { db, time, calls } = context
  const account = await accountOf(db, sample.phone, time.clock())
  const [device, draft] = [randomUUID(), sampleDraft(sample.id)]
  const at = new Date(time.now()).toISOString()
  const operations = sample
    .registers(calls.current())
    .map(({ path, value }, i): Operation => ({ seq: i + 1, draft, path, value, base: 0, at }))
  for (let from = 0; from < operations.length; from += MAX_OPERATIONS) {
    const batch = { device, client: 1, operations: operations.slice(from, from + MAX_OPERATIONS) }
    const { verdicts } = await push(context, { ...account, name: sample.name }, batch)
    const refused = verdicts.find(({ verdict }) => verdict !== 'applied')
    if (refused) throw new Error(`The sample ${sample.id} was refused: ${JSON.stringify(refused)}`)
  }
  for (const { file, bytes } of sample.files) await store(context, draft, file, await bytes())
  await db.update(accounts).set({ name: sample.name }).where(eq(accounts.id, account.id))
}

async function store({ db, files: storage }: Context, draft: string, facts: Sample['files'][number]['file'], bytes: Uint8Array) {
  const { sha256, type } = facts
  const known = await db
    .select()
    .from(files)
    .where(and(eq(files.draft, draft), eq(files.sha256, sha256)))
  if (known.length > 0) return
  const stored = randomUUID().replaceAll('-', '')
  await put(storage, stored, bytes)
  await db.insert(files).values({ draft, sha256, type, bytes: bytes.length, state: 'confirmed', stored })
}
