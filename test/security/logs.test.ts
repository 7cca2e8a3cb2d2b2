/** What is typed, and who typed it, is nowhere in the log, whatever goes wrong. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { logOptions } from '../../mock-server/http/logging'
import { plainCell } from '../../src/documents/plainCell'
import { applicant } from '../mock-server/applicant'
import { application, asking, begin, consent, phoneOf, signIn } from '../mock-server/application'
import { bankCard, idNumber } from '../support/identity'

let log = ''
const logger = pino(logOptions('trace'), { write: (line: string) => void (log += line) })
const server = await application({ logger })
const number = idNumber('1990-01-01', '男', '320211')
const card = bankCard('622202110300000777')

describe('security 29, 33: numbers of persons, accounts and phones', () => {
  it('are never logged: not from bodies, addresses, headers, refusals or failures', async () => {
    const person = await signIn(server)
    const phone = phoneOf(person)
    const draft = randomUUID()
    await phone.push([begin(draft), consent(draft), { draft, path: 'idNumber', value: number }, { draft, path: 'bankCard', value: card }])
    await phone.push([{ draft, path: number, value: card }])
    const anyone = asking(server.app)
    for (const ask of [person.ask, anyone]) {
      for (const place of [`/api/${number}`, `/api/call?id=${number}&card=${card}`, `/api/receipts/${number}`, `/${person.phone}`,
        `/api/drafts/${number}/history`, `/api/drafts/${draft}/history?path=${number}`, `/api/drafts/${draft}/files/${card}`])
        for (const method of ['GET', 'PUT', 'DELETE'] as const)
          await ask(method, place, method === 'GET' ? undefined : { number, card }, { 'x-number': number, 'user-agent': card, referer: `/${number}` })
      await ask('POST', '/api/codes', { phone: number })
      await ask('POST', '/api/sessions', { request: randomUUID(), phone: person.phone, code: number })
      await ask('POST', '/api/sync/push', { device: number, client: 1, operations: [{ value: card }] })
      await ask('POST', '/api/receipts/verify', { receipt: { number, [card]: person.phone } })
    }
    const broken = { method: 'POST', url: '/api/sync/push', headers: { 'content-type': 'application/json', cookie: person.cookie }, payload: `{"value":"${number}` } as const
    await server.app.inject(broken)
    // A failure of the database repeats the values that it was given.
    await server.db.$client.query('alter table history rename to gone')
    const failed = await phone.push([{ draft, path: 'idNumber', value: `${number}1`, base: 3 }]).catch(() => null)
    expect(failed).toBeNull()
    await server.db.$client.query('alter table gone rename to history')

    expect(log.split('\n').length).toBeGreaterThan(40)
    expect(log).toContain('unexpected')
    for (const secret of [number, card, person.phone, number.slice(0, 17)]) expect(log).not.toContain(secret)
    expect(log).not.toMatch(/__Host-session=|\d{15,}/)
  })

  it('security 29: have no place in the address of any route', async () => {
    const { paths } = (await asking(server.app)('GET', '/api/openapi.json')).body as {
      paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>
    }
    const names = Object.entries(paths).flatMap(([path, methods]) => [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      ...Object.values(methods).flatMap(({ parameters = [] }) => parameters.map(({ name }) => name)),
    ])
    expect(names.length).toBeGreaterThan(10)
    // An account's id is random and says nothing.
    expect(names.filter((name) => /phone|idNumber|identity|card|bank|name$/i.test(name ?? ''))).toEqual([])
  })

  it('security 33: a receipt and the replies to strangers hold none', async () => {
    const person = await applicant(server)
    const { body } = await person.submit()
    const reply = await asking(server.app)('GET', `/api/receipts/${body.number}`)
    expect(JSON.stringify(reply.body)).not.toMatch(/[\u4e00-\u9fff]|\d{17}/)
  })
})

describe('security 36: a cell of a spreadsheet', () => {
  it.each(['=1+1', '+86', '-2', '@SUM(A1)', '\t=1', '\r=1', ' =cmd|calc', '＝1', '＋1', '－1', '＠x', '\u0000=1', '\n=1'])('%j is text', (text) => {
    expect(plainCell(text)).toBe(`'${text}`)
  })

  it.each(['', '陈志远', '2016-03', '3=3', 'a@b.cn', '0510-80000267', ' 数控铣工'])('%j stays as it is', (text) => {
    expect(plainCell(text)).toBe(text)
  })
})
