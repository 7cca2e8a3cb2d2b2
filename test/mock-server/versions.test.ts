import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bringBack, setAside } from '../../scripts/earlierAssets.mjs'
import { CLIENT_VERSION, type PushReply } from '../../src/domain/sync'
import { application, begin, phoneOf, signIn } from './application'

const { app } = await application()
const person = await signIn({ app })

const push = (client: number, operations: unknown[], device: string = randomUUID()) =>
  person.ask('POST', '/api/sync/push', { device, client, operations })
const beginning = (draft: string, formVersion: number) => ({
  seq: 1, base: 0, at: '2021-04-20T09:00:00Z', ...begin(draft), value: { call: '2021', award: 'technician', formVersion },
})

describe('fault 9: a client of another version', () => {
  it.each([
    ['older than this server', 0, 0],
    ['as old as this server', CLIENT_VERSION, 1],
    ['newer than this server', CLIENT_VERSION + 1, 2],
  ])('%s is served: its draft and its answers are taken', async (_, client, formVersion) => {
    const draft = randomUUID()
    const { status, body } = await push(client, [
      beginning(draft, formVersion),
      { seq: 2, draft, path: 'name', value: '周建国', base: 0, at: '2021-04-20T09:00:01Z' },
    ])
    expect(status).toBe(200)
    expect((body as PushReply).verdicts.map(({ verdict }) => verdict)).toEqual(['applied', 'applied'])
  })

  it('hears with every reply which version the server has', async () => {
    expect((await push(0, [])).body).toMatchObject({ client: CLIENT_VERSION })
  })

  it('with a path of a form that this server does not know: that one is refused, the others are taken', async () => {
    const draft = randomUUID()
    const { body } = await push(CLIENT_VERSION + 1, [
      beginning(draft, 2),
      { seq: 2, draft, path: 'medals/m1', value: { order: 'a0' }, base: 0, at: '2021-04-20T09:00:01Z' },
      { seq: 3, draft, path: 'name', value: '周建国', base: 0, at: '2021-04-20T09:00:02Z' },
    ])
    expect((body as PushReply).verdicts.map((one) => ('reason' in one ? one.reason : one.verdict))).toEqual([
      'applied',
      'unknown-path',
      'applied',
    ])
  })

  it('raises the version of a draft, and never lowers it', async () => {
    const [one, two] = [phoneOf(person), phoneOf(person)]
    const draft = randomUUID()
    const about = (formVersion: number, base: number) => ({ ...begin(draft), value: { call: '2021', award: 'technician', formVersion }, base })
    await one.push([about(1, 0)])
    expect(await one.push([about(2, 1)])).toMatchObject([{ verdict: 'applied', version: 2 }])
    expect(await two.push([about(2, 1)])).toMatchObject([{ verdict: 'applied', version: 2 }])
    expect(await two.push([about(1, 2)])).toMatchObject([{ verdict: 'rejected', reason: 'forbidden' }])
  })

  it('edits a draft that a newer phone has raised: the edit is merged like any other', async () => {
    const [newer, older] = [phoneOf(person), phoneOf(person)]
    const draft = randomUUID()
    await newer.push([{ ...begin(draft), value: { call: '2021', award: 'technician', formVersion: 2 } }])
    expect(await older.push([{ draft, path: 'employer', value: '某某公司' }])).toMatchObject([{ verdict: 'applied' }])
    const { drafts } = await older.pull({ [draft]: 0 })
    expect(drafts.find(({ id }) => id === draft)?.registers).toMatchObject([{ value: { formVersion: 2 } }, { path: 'employer' }])
  })
})

describe('the built app', () => {
  it('fault 8: serves the chunks of the version before, also to whoever opened it before the new one came', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jiangshen-web-'))
    const [web, store] = [join(folder, 'web'), join(folder, 'store')]
    const assets = join(web, 'assets')
    const put = async (file: string, text: string) => (await mkdir(assets, { recursive: true }), writeFile(join(web, file), text))
    await put('index.html', '<title>旧')
    await put('assets/step-a.js', 'export {}')
    const { app: serving } = await application({ webRoot: web })
    await setAside(assets, store)
    await rm(web, { recursive: true })
    await put('index.html', '<title>新')
    await put('assets/step-b.js', 'export {}')
    await bringBack(assets, store, Date.now())

    const get = (url: string) => serving.inject({ url, headers: { accept: 'text/html' } })
    expect((await get('/apply/1')).body).toContain('新')
    for (const chunk of ['step-a', 'step-b']) {
      const { statusCode, headers } = await get(`/assets/${chunk}.js`)
      expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
      expect(headers['content-type']).toContain('javascript')
    }
    expect((await get('/assets/step-0.js')).statusCode).toBe(404)
    await rm(folder, { recursive: true })
  })
})

describe('fault 37: a phone and a server of two versions, while an update rolls out', () => {
  it('what is new in a request is passed over, and the operations are taken', async () => {
    const draft = randomUUID()
    const body = { device: randomUUID(), client: CLIENT_VERSION + 1, operations: [beginning(draft, 1)], mood: 'new' }
    expect(await person.ask('POST', '/api/sync/push', body)).toMatchObject({ status: 200, body: { verdicts: [{ verdict: 'applied' }] } })
    expect((await person.ask('POST', '/api/sync/pull', { device: body.device, client: 1, cursors: {}, mood: 1 })).status).toBe(200)
  })
})
