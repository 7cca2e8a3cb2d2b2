/** A guest's draft that lives on elsewhere goes into the bin here, in a way that can never reach the one elsewhere. */
import type { Table } from 'dexie'
import { enter, sealRegister } from '../outbox'
import { phone } from '../phone'

/**
 * Puts a draft into this phone's bin under a new id. `$deleted` of the same id would travel with the draft when its guest
 * signs in here, and delete it on the other phone too. Nothing is erased: out of the bin, it is a draft of its own.
 * Resolves with its new id.
 */
export async function setAside(draft: string): Promise<string> {
  const { db, codec } = phone()
  const id = crypto.randomUUID()
  const at = new Date().toISOString()
  const register = await sealRegister(codec, id, { path: '$deleted', value: true, by: '', at, version: 0 })
  const operation = await codec.seal({ value: true, at })
  await db.transaction('rw', db.tables, async () => {
    const row = await db.drafts.get(draft)
    if (!row) return
    await db.drafts.add({ ...row, id })
    await db.drafts.delete(draft)
    const tables: Table<{ draft: string }>[] = [db.registers, db.outbox, db.uploads, db.conflicts, db.versions, db.checkpoints]
    for (const table of tables) {
      const rows = await table.where('draft').equals(draft).toArray()
      await table.where('draft').equals(draft).delete()
      await table.bulkPut(rows.map((one) => ({ ...one, draft: id })))
    }
    await enter(db, id, [{ register, operation }])
  })
  return id
}
