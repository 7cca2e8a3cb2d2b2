/** The portal and its database as one thing that can be killed in part and brought back. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Random } from '../random'
import { ownPostgres, type OwnPostgres } from './ownPostgres'
import { childrenOf, killAll, postmasterOf, startServer, until, type Running, type Starting } from './processes'

/** Which processes die: one of them, one connection's worker in the database, or all as in a power cut. */
export type Victim = 'Node' | 'PostgreSQL' | 'a PostgreSQL worker' | 'everything'

export interface Site {
  kind: 'embedded' | 'DATABASE_URL'
  url: string
  victims: readonly Victim[]
  databaseUrl(): Promise<string>
  /** Starts Node, and a database that was killed. */
  start(): Promise<void>
  /** A start that is killed after `ms`, wherever it was then. */
  startAndKill(ms: number): Promise<void>
  kill(victim: Victim, random: Random): Promise<void>
  /** The database's main process; null while there is none. */
  postmaster(): number | null
  /** Whether Node lives; a killed database must not take it along. */
  lives(): boolean
  /** What Node printed last. */
  said(): string
  /** Another Node on the same data folder. Resolves with what it said when it ended. */
  second(port: number): Promise<string>
  stop(): Promise<void>
}

/** @param ports the portal's, and the one for a database of its own */
export async function siteIn(data: string, kind: Site['kind'], ports: { web: number; database: number }, command?: readonly string[]): Promise<Site> {
  const own: OwnPostgres | null = kind === 'DATABASE_URL' ? await ownPostgres(join(data, 'database'), ports.database) : null
  const folder = own?.folder ?? join(data, 'postgres')
  const env: Record<string, string> = own ? { DATABASE_URL: own.url } : {}
  const launch = (port: number): Starting => startServer(['--port', String(port), '--data', data], env, command)
  let node: Running | null = null
  // Also when the run is broken off.
  const leave = () => {
    const left = postmasterOf(folder)
    killAll([...(node ? [node.pid] : []), ...(left ? [left.pid] : [])])
  }
  process.once('exit', leave)

  async function databaseUrl() {
    if (own) return own.url
    const password = await readFile(join(data, 'postgres.password'), 'utf8')
    await until('the embedded database runs', () => postmasterOf(folder) !== null)
    return `postgres://jiangshen:${password}@127.0.0.1:${postmasterOf(folder)?.port}/jiangshen`
  }
  async function kill(victim: Victim, random: Random) {
    const running = postmasterOf(folder)
    const workers = running ? childrenOf(running.pid) : []
    if (victim === 'a PostgreSQL worker') return killAll([random.pick(workers)])
    if (victim === 'everything' && node) killAll([node.pid, ...(running ? [running.pid] : []), ...workers])
    else if (victim === 'PostgreSQL' && !own && running) killAll([running.pid])
    if (victim !== 'Node' && own) await own.kill()
    if (victim !== 'PostgreSQL') await node?.kill()
  }
  return {
    kind,
    url: `http://localhost:${ports.web}`,
    victims: ['Node', 'PostgreSQL', 'a PostgreSQL worker', 'everything'],
    databaseUrl,
    async start() {
      if (own && !postmasterOf(folder)) await own.start()
      if (!node?.alive()) node = await launch(ports.web).ready
    },
    async startAndKill(ms) {
      if (own && !postmasterOf(folder)) await own.start()
      const starting = launch(ports.web)
      await wait(ms)
      starting.child.kill('SIGKILL')
      await starting.ready.then((running) => running.kill(), () => undefined)
    },
    kill,
    postmaster: () => postmasterOf(folder)?.pid ?? null,
    lives: () => node?.alive() ?? false,
    said: () => (node?.said() ?? '').slice(-2000),
    second: (port) =>
      launch(port).ready.then(
        async (running) => running.kill().then(() => running.said()),
        (reason: Error) => reason.message,
      ),
    async stop() {
      await node?.stop()
      await own?.stop()
      // Of a Node that was killed last, or that should not have started.
      const left = postmasterOf(folder)
      if (left) process.kill(left.pid, 'SIGINT')
      await until('no database is left', () => !postmasterOf(folder))
      process.removeListener('exit', leave)
    },
  }
}
