/** Bundles client and server (with a planted bug or without), and runs histories in processes of their own. */
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { Client } from 'pg'
import { connect } from '../../mock-server/db/connect'
import { startCluster } from '../../mock-server/db/embedded'
import { migrate } from '../../mock-server/db/migrate'
import { bundleClient, planted } from './bundle'
import type { Mutant } from './mutants'

/** A power cut may take what histories leave behind: every kill that they are about happens within the processes. */
const quick = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=64MB']

export interface Found {
  seed: number
  fault: string
  lines?: string[]
  stack?: string
}
export interface Results {
  ran: number
  found: Found[]
}

/** Databases for histories: `DATABASE_URL` names a server, else one is started here. */
export async function databases() {
  const folder = await mkdtemp(join(tmpdir(), 'jiangshen-histories-db-'))
  await chmod(folder, 0o755)
  const cluster = process.env.DATABASE_URL ? null : await startCluster(folder, quick)
  const server = process.env.DATABASE_URL ?? cluster?.url ?? ''
  const admin = async (statement: string) => {
    const client = new Client({ connectionString: server })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  const made: string[] = []
  let turn: Promise<unknown> = Promise.resolve()
  return {
    /** The address of a new, migrated database; made one after the other, as PostgreSQL copies its template for one at a time. */
    make(): Promise<string> {
      const next = turn.then(() => make())
      turn = next.catch(() => undefined)
      return next
    },
    async stop(): Promise<void> {
      if (!cluster) for (const name of made) await admin(`drop database ${name}`)
      await cluster?.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }

  async function make(): Promise<string> {
    const name = `histories_${process.pid}_${made.length}`
    await admin(`create database ${name}`)
    made.push(name)
    const url = new URL(server)
    url.pathname = `/${name}`
    const db = connect(url.href, { max: 1 })
    await migrate(db)
    await db.$client.end()
    return url.href
  }
}

/** The folder with what a process of histories needs. */
export async function bundled(mutant: Mutant | null = null): Promise<string> {
  const out = join('dist-sync', mutant?.name.replace(/\W+/g, '-') ?? 'plain')
  await mkdir(out, { recursive: true })
  await writeFile(join(out, 'client.js'), await bundleClient(mutant))
  await build({
    entryPoints: ['test/sync/main.ts'],
    outfile: join(out, 'main.mjs'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    plugins: [planted(mutant)],
    logLevel: 'error',
  })
  return out
}

/** Runs seeds `from` … in one process. @param onFound is told of each violation at once */
export function runProcess(
  folder: string,
  url: string,
  { from, count, first = false, lines = false, within }: { from: number; count: number; first?: boolean; lines?: boolean; within?: number },
  onFound: (found: Found) => void = () => undefined,
): Promise<Results> {
  const args = ['--client', join(folder, 'client.js'), '--url', url, '--from', String(from), '--count', String(count)]
  if (first) args.push('--first')
  if (lines) args.push('--lines')
  if (within !== undefined) args.push('--within', String(within))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...(lines ? ['--enable-source-maps'] : []), join(folder, 'main.mjs'), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    const found: Found[] = []
    let ran: number | null = null
    createInterface({ input: child.stdout }).on('line', (line) => {
      const result = JSON.parse(line) as Found | { ran: number }
      if ('ran' in result) ran = result.ran
      else {
        found.push(result)
        onFound(result)
      }
    })
    child.on('error', reject)
    child.on('close', (code) => (ran === null ? reject(new Error(`A process of histories ended with ${String(code)}`)) : resolve({ ran, found })))
  })
}
