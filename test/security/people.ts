/** People of every kind with a session of their own, put straight into the tables: signing in itself is tested elsewhere. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { StaffRole } from '../../src/domain/roles'
import { accounts, roles, sessions } from '../../mock-server/db/schema'
import { asking, newNumber, type Application, type Ask, type Person } from '../mock-server/application'

const HOUR = 3_600_000

export interface Kind {
  role?: StaffRole
  body?: string
  level?: 1 | 2
  disabled?: boolean
  /** The role was taken away. */
  revoked?: boolean
}
export type Somebody = Person & { id: string }

export async function somebody(server: Application, { role, body = '', disabled, revoked, level = 1 }: Kind = {}): Promise<Somebody> {
  const [id, phone] = [randomUUID(), newNumber()]
  const at = new Date(server.clock.now)
  await server.db.insert(accounts).values({ id, phone, createdAt: at, disabledAt: disabled ? at : null })
  if (role) await server.db.insert(roles).values({ id: randomUUID(), account: id, role, body, at, revokedAt: revoked ? at : null })
  const session = await newSession(server, id, level)
  return { id, phone, ...session }
}

/** One more session of this account, as on another device. */
export async function newSession(server: Application, account: string, level: 1 | 2 = 1): Promise<{ cookie: string; ask: Ask }> {
  const token = randomBytes(32).toString('base64url')
  const at = new Date(server.clock.now)
  await server.db.insert(sessions).values({
    token: createHash('sha256').update(token).digest('base64url'),
    account,
    createdAt: at,
    seenAt: at,
    raisedAt: level === 2 ? at : null,
    expiresAt: new Date(server.clock.now + 30 * 24 * HOUR),
  })
  const cookie = `__Host-session=${token}`
  return { cookie, ask: asking(server.app, cookie) }
}
