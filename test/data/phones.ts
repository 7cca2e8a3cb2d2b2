/** Phones of people: each is a database and a browser of its own; one of them is in the hand at a time. */
import Dexie from 'dexie'
import { beforeEach } from 'vitest'
import { createDraft } from '../../src/data/drafts'
import { becomeAccount } from '../../src/data/adopt'
import { drain } from '../../src/data/drain'
import { syncStatus } from '../../src/data/syncStatus'
import { databaseNames, newDatabaseName, ownerOf, phone, useDatabase } from '../../src/data/phone'
import { readDraft, type DraftView } from '../../src/data/read'
import { useWire, type Wire } from '../../src/data/wire'
import { write } from '../../src/data/write'
import type { Account } from '../../src/domain/api'
import type { FileFacts } from '../../src/domain/forms/kinds'
import type { Json } from '../../src/domain/sync'
import { type FakeServer, sha256Hex } from '../support/fakeWire'

export const chen: Account = { id: 'account-chen', name: '陈志远', phone: '138****0001' }
export const zhou: Account = { id: 'account-zhou', name: '周敏', phone: '139****0002' }

export interface Phone {
  wire: Wire & { session: Account | null }
  name: string
}

/** A phone with an empty database, in the hand from now on; nobody is signed in. */
export function newPhone(server: FakeServer): Phone {
  const made = { wire: server.browser(), name: newDatabaseName() }
  take(made)
  return made
}

export function take({ wire, name }: Phone): void {
  useDatabase(name)
  useWire(wire)
}

/** Signs in on the phone in the hand; a guest's drafts come along. */
export async function signIn(on: Phone, account: Account, adopt = true): Promise<void> {
  on.wire.session = account
  await becomeAccount(account, adopt)
  on.name = phone().db.name
}

/** A new phone, signed in; labelled by hand, because all these phones share one browser's list of databases. */
export async function phoneOf(server: FakeServer, account: Account = chen): Promise<Phone> {
  const made = newPhone(server)
  made.wire.session = account
  const { db } = phone()
  await ownerOf(db)
  await db.owner.update('owner', { account: account.id, payload: { name: account.name, phone: account.phone } })
  return made
}

/** No test sees another one's phones. */
beforeEach(noPhones)

export async function noPhones(): Promise<void> {
  useDatabase(newDatabaseName())
  for (const name of await databaseNames()) await Dexie.delete(name)
  localStorage.clear()
}

/** The page was killed and is opened again: nothing but the tables is left. */
export function reopen(): void {
  const { name } = phone().db
  useDatabase(newDatabaseName())
  useDatabase(name)
}

export const beginDraft = () => createDraft('technician', '2021')
export const edit = (draft: string, path: string, value: Json) => write(draft, [{ path, value }])
export const outbox = () => phone().db.outbox.orderBy('id').toArray()

/** One drain that has to succeed. */
export async function sync(on?: Phone): Promise<void> {
  if (on) take(on)
  if (!(await drain())) throw new Error(`the round failed: ${syncStatus.trouble}`)
}

export async function view(draft: string): Promise<DraftView> {
  const found = await readDraft(draft)
  if (!found) throw new Error('this phone does not have the draft')
  return found
}

/** A file as the photo worker would have made it, kept on this phone. */
export async function keepFile(text: string): Promise<FileFacts> {
  const bytes = new TextEncoder().encode(text)
  const buf = bytes.buffer.slice(0, bytes.byteLength)
  const sha256 = sha256Hex(buf)
  await phone().db.files.put({ sha256, type: 'image/jpeg', bytes: bytes.byteLength, payload: { buf } })
  return { sha256, type: 'image/jpeg', bytes: bytes.byteLength, width: 4, height: 3 }
}

/** Puts such a file into a slot of the draft. */
export async function addPhoto(draft: string, slot: string, text: string): Promise<FileFacts & { row: string }> {
  const file = await keepFile(text)
  const row = file.sha256.slice(0, 12)
  await write(draft, [
    { path: `${slot}/${row}`, value: { order: 'a0' } },
    { path: `${slot}/${row}/file`, value: { ...file } },
  ])
  return { ...file, row }
}
