/** Phones with a PIN: what is done to them, and what somebody sees who copies their storage. */
import { shut } from '../../src/data/door'
import { openAnew, phone } from '../../src/data/phone'
import { setPin } from '../../src/data/pin/pin'
import { useEscrow } from '../../src/data/pin/escrow'
import { COST } from '../../src/data/pin/wrap'
import { addRow } from '../../src/data/rows'
import { FakeEscrow } from '../support/fakeEscrow'
import type { FakeServer } from '../support/fakeWire'
import { rowsOf } from './earlierShapes'
import { addPhoto, beginDraft, chen, edit, newPhone, signIn, sync, type Phone } from './phones'

// What a PIN costs is what tests would wait for: pinKeys.test.ts looks at the real figures.
Object.assign(COST, { memory: 64, passes: 1 })

export const PIN = '271828'
export const SECRETS = ['陆启明', '无锡精密机械有限公司', '车间全景', '320211199001011237', '陈志远', '138****0001', '照片里的字', '我的申报']

export interface Filled {
  mine: Phone
  escrow: FakeEscrow
  draft: string
}

/** Chen's phone with a draft in which every table has something to hide, half of it sent. */
export async function filledPhone(server: FakeServer): Promise<Filled> {
  const escrow = new FakeEscrow()
  useEscrow(escrow)
  const mine = newPhone(server)
  await signIn(mine, chen)
  const draft = await beginDraft()
  await edit(draft, '$title', '我的申报')
  await edit(draft, 'name', '陆启明')
  const { row } = await addPhoto(draft, 'licence', '照片里的字')
  await edit(draft, `licence/${row}/caption`, '车间全景')
  await sync()
  server.rejectPath = (path) => path === 'employer'
  await edit(draft, 'employer', '无锡精密机械有限公司')
  await sync()
  server.rejectPath = () => false
  await addRow(draft, 'experience', { where: '无锡精密机械有限公司' })
  await edit(draft, 'idNumber', '320211199001011237')
  const { db } = phone()
  await db.versions.add({ draft, path: 'name', version: 1, until: 9, payload: { value: '陆启明', by: '陈志远', at: '' } })
  await db.thumbnails.put({ sha256: 'f00d', type: 'image/jpeg', bytes: 3, payload: { buf: bytesOf('照片里的字') } })
  await db.conflicts.put({
    draft, id: 'c1', closed: 0, payload: { path: 'name', mine: '陆启明', by: '陈志远', at: '2021-04-19T08:00:00Z', reason: 'changed' },
  })
  await db.receipts.put({ number: 'WX-1', draft, payload: { receipt: { number: 'WX-1', note: '陆启明' } as never } })
  return { mine, escrow, draft }
}

export async function lockedPhone(server: FakeServer): Promise<Filled> {
  const filled = await filledPhone(server)
  await setPin(PIN, 5)
  reload()
  return filled
}

/** The page goes, and with it the key; nothing but the tables and localStorage is left. */
export function reload(): void {
  shut(phone().db.name)
  openAnew()
}

const bytesOf = (text: string): ArrayBuffer => {
  const bytes = new TextEncoder().encode(text)
  return bytes.buffer.slice(0, bytes.byteLength)
}

/** Every row of every table, read past the app's code. */
export async function dump(name = phone().db.name): Promise<{ table: string; row: unknown }[]> {
  const all = phone().db.tables.map(async ({ name: table }) => (await rowsOf(name, table)).map((row) => ({ table, row })))
  return (await Promise.all(all)).flat()
}

/** All bytes and words of a row, as somebody who searches the copied storage would meet them. */
export function everything(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return new TextDecoder('utf-8').decode(value)
  if (typeof (value as ArrayBuffer | null)?.byteLength === 'number') return everything(new Uint8Array(value as ArrayBuffer))
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value).map(([key, one]) => `${key} ${everything(one)}`).join(' ')
}

/** Which of these words stand somewhere in the storage, and in which table. */
export async function readable(words: readonly string[], name?: string): Promise<string[]> {
  const rows = await dump(name)
  return words.flatMap((word) => rows.filter(({ row }) => everything(row).includes(word)).map(({ table }) => `${word} in ${table}`))
}
