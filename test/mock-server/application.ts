/** The real application on a database of its own, and people who use it. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { Client } from 'pg'
import { afterAll, expect, inject } from 'vitest'
import { buildApp, type Parts } from '../../mock-server/app'
import { connect, type Database } from '../../mock-server/db/connect'
import { diskStorage } from '../../mock-server/files/storage'
import { call2021 } from '../../src/domain/calls/2021'
import type { CodeReply } from '../../src/domain/api'
import { testKeys } from '../support/keys'
import type { Json, Operation, PullReply, PushReply, Verdict } from '../../src/domain/sync'

export const nineOClock = Date.parse('2021-04-20T09:00:00+08:00')

export interface Application {
  app: FastifyInstance
  db: Database
  /** Set `now` to move the server's clock. */
  clock: { now: number }
  sent: { phone: string; text: string }[]
  /** Where its files lie. */
  folder: string
  /** The same database and files, as after a restart. */
  restarted(): Promise<FastifyInstance>
}

/** Call it at the top of a test file: it cleans up after the file's tests. */
export async function application(parts: Partial<Parts> = {}): Promise<Application> {
  const url = await freshDatabase()
  const db = connect(url, { max: 8 })
  const folder = await mkdtemp(join(tmpdir(), 'jiangshen-files-'))
  const clock = { now: nineOClock }
  const sent: Application['sent'] = []
  const build = () =>
    buildApp({
      db,
      files: diskStorage(folder),
      clock: () => clock.now,
      sms: { send: (phone, text) => Promise.resolve(void sent.push({ phone, text })) },
      demonstration: true,
      keys: testKeys,
      call: call2021,
      ...parts,
    })
  const apps = [await build()]
  afterAll(async () => {
    for (const app of apps) await app.close()
    await db.$client.end()
    await rm(folder, { recursive: true, force: true })
  })
  const restarted = async () => {
    const next = await build()
    apps.push(next)
    return next
  }
  const [app] = apps
  if (!app) throw new Error('No application')
  return { app, db, clock, sent, folder, restarted }
}

async function freshDatabase(): Promise<string> {
  const template = new URL(inject('databaseUrl'))
  const admin = new URL(template)
  admin.pathname = '/postgres'
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new Client({ connectionString: admin.href })
  await client.connect()
  await client.query(`create database ${name} template ${template.pathname.slice(1)}`)
  await client.end()
  template.pathname = `/${name}`
  return template.href
}

let people = 0
/** A phone number that no other test has. */
export const newNumber = () => `139${String(10_000_000 + process.pid * 7 + people++).slice(-8)}`

export type Ask = (
  method: InjectOptions['method'],
  url: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ status: number; body: Body; headers: Record<string, unknown> }>
/** Replies are looked into freely here; their shapes are what the tests are about. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Body = any

export function asking(app: FastifyInstance, cookie = ''): Ask {
  return async (method, url, body, headers = {}) => {
    const reply = await app.inject({
      method,
      url,
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    })
    const json = reply.body !== '' && String(reply.headers['content-type']).startsWith('application/json')
    return { status: reply.statusCode, body: json ? reply.json() : reply.body, headers: reply.headers }
  }
}

export interface Person {
  phone: string
  cookie: string
  ask: Ask
}

/** Somebody signs in with a code. */
export async function signIn({ app }: Pick<Application, 'app'>, phone = newNumber()): Promise<Person> {
  const ask = asking(app)
  const { request, code } = (await ask('POST', '/api/codes', { phone })).body as CodeReply
  const reply = await ask('POST', '/api/sessions', { request, phone, code })
  expect(reply.status).toBe(200)
  const cookie = String(reply.headers['set-cookie']).split(';')[0] ?? ''
  return { phone, cookie, ask: asking(app, cookie) }
}

export interface Phone {
  id: string
  /** Sends operations with the next sequence numbers. */
  push(operations: Change[], resolved?: { draft: string; conflict: string }[]): Promise<Verdict[]>
  pull(cursors?: Record<string, number>): Promise<PullReply>
  next(change: Change): Operation
}
export type Change = { draft: string; path: string; value: Json; base?: number }

/** One of a person's phones, with its own sequence. */
export function phoneOf({ ask }: Person, id: string = randomUUID()): Phone {
  let seq = 0
  const next = ({ base = 0, ...change }: Change): Operation => ({
    seq: ++seq,
    ...change,
    base,
    at: `2021-04-20T09:00:${String(seq % 60).padStart(2, '0')}Z`,
  })
  return {
    id,
    next,
    push: async (changes, resolved) => {
      const reply = await ask('POST', '/api/sync/push', {
        device: id,
        client: 1,
        operations: changes.map(next),
        ...(resolved ? { resolved } : {}),
      })
      expect(reply.body).toMatchObject({ now: expect.any(String) as string })
      return (reply.body as PushReply).verdicts
    },
    pull: async (cursors = {}) => (await ask('POST', '/api/sync/pull', { device: id, client: 1, cursors })).body as PullReply,
  }
}

/** The first register of a draft. */
export const begin = (draft: string, award = 'technician'): Change => ({
  draft,
  path: '$draft',
  value: { call: '2021', award, formVersion: 1 },
})
export const consent = (draft: string): Change => ({ draft, path: '$consent', value: { version: 1, at: '2021-04-20T09:00:00Z' } })
