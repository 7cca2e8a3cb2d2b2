import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { Pool } from 'pg'
import * as schema from './schema'

export type Database = NodePgDatabase<typeof schema> & { $client: Pool }
/** A database or a transaction on it. */
export type Queries = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>

/** A pool on the database at `url`; a connection that isn't free within five seconds is an error (503). */
export function connect(url: string, { max = 10 } = {}): Database {
  const pool = new Pool({ connectionString: url, max, connectionTimeoutMillis: 5000, statement_timeout: 20_000 })
  // A connection that dies is replaced at the next query, and a query under way fails by itself; without a listener it
  // would end the process. The pool listens to those that are idle; one in a transaction has only this listener.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return drizzle(pool, { schema })
}
