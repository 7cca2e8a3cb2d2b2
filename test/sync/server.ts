/** The real server on a real database, behind a door: it can be cut off in the middle of any query or file operation. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as send } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Client } from 'pg'
import { buildApp } from '../../mock-server/app'
import { inspect } from '../../mock-server/files/inspect'
import { connect, type Database } from '../../mock-server/db/connect'
import { accounts, sessions } from '../../mock-server/db/schema'
import { diskStorage, put, type FileStorage } from '../../mock-server/files/storage'
import { call2021 } from '../../src/domain/calls/2021'
import type { Account } from '../../src/domain/api'
import { testKeys } from '../support/keys'
import { technicianSample } from '../support/samples'
import type { Request } from './network'
import type { Answer } from './xhr'

/** Steps of the server in hand until it is killed. */
let stepsLeft = Infinity
let dead = false

/** Every query is a step; the one at which the server dies breaks its connection, and PostgreSQL takes the rest back. */
export function watchQueries(): void {
  const query = Client.prototype.query as (...args: unknown[]) => unknown
  type Counted = { connection: { stream: { destroy(): void } }; connectionParameters: { application_name?: string } }
  Client.prototype.query = function (this: Counted, ...args: unknown[]) {
    if (this.connectionParameters.application_name !== BESIDE && step()) {
      const lastOfAll = typeof args.at(-1) === 'function' ? (args.at(-1) as (reason: Error) => void) : null
      const reason = Object.assign(new Error('Connection terminated'), { code: 'ECONNRESET' })
      this.connection.stream.destroy()
      if (lastOfAll) return lastOfAll(reason)
      return Promise.reject(reason)
    }
    return query.apply(this, args)
  } as never
}

function step(): boolean {
  if (!dead && stepsLeft-- <= 0) dead = true
  return dead
}

/** Connections of the harness itself: they look at the tables and are never cut. */
const BESIDE = 'beside'

export class Server {
  private readonly tokens = new Map<string, string>()
  /** ms that its clock is ahead. */
  skew = 0
  clock = () => Date.now()
  private address = '127.0.0.1'

  private constructor(
    /** Beside the server, for looking and for restoring. */
    readonly db: Database,
    private readonly own: Database,
    private readonly app: FastifyInstance,
    private readonly port: number,
    private readonly folder: string,
    private readonly files: FileStorage,
  ) {}

  private sample: Promise<Map<string, string>> | null = null
  /** Digest → where the pictures of the complete application lie; they are stored once. */
  sampleFiles(): Promise<Map<string, string>> {
    this.sample ??= (async () => {
      const stored = new Map<string, string>()
      for (const { file, bytes } of technicianSample.files) {
        if (stored.has(file.sha256)) continue
        const id = file.sha256.slice(0, 32)
        await put(this.files, id, await bytes())
        stored.set(file.sha256, id)
      }
      return stored
    })()
    return this.sample
  }

  /** @param url of a database of its own */
  static async start(url: string): Promise<Server> {
    const db = connect(url, { max: 6 })
    const beside = connect(`${url}?application_name=${BESIDE}`, { max: 1 })
    const folder = await mkdtemp(join(tmpdir(), 'jiangshen-histories-'))
    const files = diskStorage(folder)
    const breaking = <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
      (...args: A) => (step() ? Promise.reject(new Error('The server is gone')) : work(...args))
    let self: Server | undefined = undefined
    const app = await buildApp({
      db,
      files: { ...files, read: breaking(files.read), settle: breaking(files.settle), append: breaking(files.append) },
      clock: () => (self ? self.clock() + self.skew : Date.now()),
      sms: { send: () => Promise.resolve() },
      demonstration: true,
      keys: testKeys,
      call: call2021,
      // Here in the process: one apart would answer at moments of its own, and these files are known to be good.
      inspection: { inTurn: (work) => work((claim, bytes) => inspect(claim, Buffer.from(bytes))), stop: () => undefined },
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    self = new Server(beside, db, app, (app.server.address() as AddressInfo).port, folder, files)
    return self
  }

  async stop(): Promise<void> {
    await this.app.close()
    await this.own.$client.end()
    await this.db.$client.end()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** A new history: other people, other addresses (what is limited per address is limited per history). */
  async begin(seed: number, clock: () => number): Promise<void> {
    this.tokens.clear()
    this.skew = 0
    this.clock = clock
    this.revive()
    // As after a restart: arrivals never go back otherwise, and this history may begin before the last one ended.
    await fetch(`http://127.0.0.1:${this.port}/api/demo/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"now":null}',
    })
    this.address = `127.${1 + (seed % 250)}.${Math.floor(seed / 250) % 250}.${1 + (Math.floor(seed / 62500) % 250)}`
  }

  /** A person with an open session. */
  async person(name: string): Promise<Account> {
    const id = randomUUID()
    const token = randomUUID()
    const phone = `13${id.replace(/\D/g, '').padEnd(9, '7').slice(0, 9)}${name}`
    const now = this.clock()
    await this.db.insert(accounts).values({ id, phone, name, createdAt: new Date(now) })
    await this.db.insert(sessions).values({
      token: createHash('sha256').update(token).digest('base64url'),
      account: id,
      createdAt: new Date(now),
      expiresAt: new Date(now + 400 * 86_400_000),
    })
    this.tokens.set(id, token)
    return { id, name, phone }
  }

  /** It will be killed after so many steps. */
  killAfter(steps: number): void {
    stepsLeft = steps
  }
  get isDead(): boolean {
    return dead
  }
  revive(): void {
    dead = false
    stepsLeft = Infinity
  }

  /** One request; null when the connection broke. @param share of its body that arrives; null: all of it */
  async receive({ tab, method, url, headers, body }: Request, share: number | null): Promise<Answer | null> {
    if (dead) return null
    const bytes =
      body === null ? null : typeof body === 'string' ? Buffer.from(body) : Buffer.from(body instanceof Blob ? await body.arrayBuffer() : body)
    const { session } = tab.device
    const token = session ? this.tokens.get(session.id) : undefined
    const answer = await this.exchange(
      method,
      url,
      {
        ...headers,
        ...(token ? { cookie: `__Host-session=${token}` } : {}),
        ...(bytes ? { 'content-length': String(bytes.length) } : {}),
      },
      bytes,
      share,
    )
    return dead ? null : answer
  }

  private async exchange(
    method: string,
    url: string,
    headers: Record<string, string>,
    body: Buffer | null,
    share: number | null,
  ): Promise<Answer | null> {
    if (share !== null && body) return this.cutOff(method, url, headers, body.subarray(0, Math.floor(body.length * share)))
    const request = { method: method as 'GET', url, headers, remoteAddress: this.address, ...(body ? { payload: body } : {}) }
    const reply = await this.app.inject(request).catch(() => null)
    return (
      reply && {
        status: reply.statusCode,
        headers: Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, String(value)])),
        body: reply.rawPayload,
      }
    )
  }

  /** The line breaks in the middle, which takes a real one; the server needs a moment to notice. */
  private cutOff(method: string, path: string, headers: Record<string, string>, arrives: Buffer): Promise<null> {
    return new Promise((resolve) => {
      const outgoing = send({ host: '127.0.0.1', port: this.port, localAddress: this.address, method, path, headers, agent: false })
      outgoing.on('error', () => resolve(null))
      outgoing.write(arrives, () => {
        setTimeout(() => {
          outgoing.destroy()
          setTimeout(() => resolve(null), 15)
        }, 5)
      })
    })
  }
}
