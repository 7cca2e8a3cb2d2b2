/**
 * Whose database is whose. A database's own label is the truth; what stands here only saves opening those that are known
 * to belong to somebody else, so that one broken or foreign database is nobody else's trouble.
 */
import { PhoneDatabase } from './database'
import { databaseNames } from './phone'

const KEY = 'jiangshen-owners'

/** The database of this account (null: a guest's), or null where this phone has none. */
export async function databaseOf(account: string | null): Promise<string | null> {
  const known = owners()
  for (const name of await databaseNames()) {
    if (known[name] && known[name] !== account) continue
    const db = new PhoneDatabase(name)
    try {
      const owner = await db.owner.get('owner')
      if (!owner) continue
      if (owner.account) noteOwner(name, owner.account)
      if (owner.account === account) return name
    } finally {
      db.close()
    }
  }
  return null
}

/** An account's database stays that account's. */
export function noteOwner(name: string, account: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...owners(), [name]: account }))
  } catch {
    // Looked up again next time.
  }
}

/** It is gone. */
export function forgetOwner(name: string): void {
  try {
    const { [name]: _, ...others } = owners()
    localStorage.setItem(KEY, JSON.stringify(others))
  } catch {
    // Whoever comes upon the name finds nothing under it.
  }
}

function owners(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, string>
  } catch {
    return {}
  }
}
