import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { binaries, postgresUser } from './binaries'
import { clusterFolder } from './clusterFolder'
import { connect, type Database } from './connect'
import { clusterUrl, startCluster } from './embedded'
import { migrate } from './migrate'

/**
 * The server's database for a tool beside it: DATABASE_URL, else the embedded one of the data folder, which may be
 * running under the server or is started for as long as the tool needs it.
 */
export async function reach(databaseUrl: string | undefined, dataDir: string): Promise<{ db: Database; close(): Promise<void> }> {
  const running = databaseUrl ?? (await runningIn(dataDir))
  const cluster = running ? null : await startCluster(dataDir)
  const db = connect(running ?? cluster?.url ?? '', { max: 2 })
  const close = async () => {
    await db.$client.end()
    await cluster?.stop()
  }
  try {
    // Of a server that was never started on it, not even the tables are there.
    if (cluster) await migrate(db)
    return { db, close }
  } catch (reason) {
    await close()
    throw reason
  }
}

async function runningIn(dataDir: string): Promise<string | null> {
  const user = postgresUser()
  const { folder, password } = await clusterFolder(dataDir, await binaries(user), user)
  const [, , , port] = (await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n').map(Number)
  if (!port) return null
  const url = clusterUrl(password, port)
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  client.on('error', () => undefined)
  return client.connect().then(
    () => client.end().then(() => url),
    () => null,
  )
}
