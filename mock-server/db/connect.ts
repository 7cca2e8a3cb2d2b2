import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { Pool, type PoolClient } from 'pg'
import * as schema from './schema'

export type Database = NodePgDatabase<typeof schema> & { $client: Pool }
/** A database or a transaction on it. */
export type Queries = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

/** A pool on the database at `url`; a connection that isn't free within five seconds is an error (503). */
export function connect(url: string, { max = 10 } = {}): Database {
  const pool = new ReturningPool({ connectionString: url, max, connectionTimeoutMillis: 5000, statement_timeout: 20_000 })
  // A connection that dies is replaced at the next query, and a query under way fails by itself; without a listener it
  // would end the process. The pool listens to those that are idle; one in a transaction has only this listener.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return drizzle(pool, { schema })
}

type Connected = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void

/**
 * A connection that breaks goes back by itself. Drizzle takes one and asks `begin` before it promises to give it back:
 * each one that is dead by then would be missing for ever, until none is left and every answer is 503.
 */
class ReturningPool extends Pool {
  override connect(): Promise<PoolClient>
  override connect(connected: Connected): void
  override connect(connected?: Connected): Promise<PoolClient> | void {
    return connected ? super.connect(connected) : super.connect().then(returning)
  }
}

function returning(client: PoolClient): PoolClient {
  const release = client.release
  const broken = () => client.release(true)
  let held = true
  client.release = (reason) => {
    if (!held) return
    held = false
    client.removeListener('end', broken)
    release.call(client, reason)
  }
  client.once('end', broken)
  return client
}
