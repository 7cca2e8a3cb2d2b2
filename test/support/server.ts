/** One PostgreSQL for all tests of the server; each test file copies its migrated database. Vitest's globalSetup. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { connect } from '../../mock-server/db/connect'
import { startCluster } from '../../mock-server/db/embedded'
import { migrate } from '../../mock-server/db/migrate'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

/** What is lost in a power cut may be lost here. */
const quick = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'jiangshen-test-'))
  // PostgreSQL runs as another user where the tests run as root.
  await chmod(folder, 0o755)
  const cluster = await startCluster(folder, quick)
  const db = connect(cluster.url)
  await migrate(db)
  // A database with a connection can't be copied.
  await db.$client.end()
  project.provide('databaseUrl', cluster.url)
  return async () => {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
