/**
 * Whether what was decrypted is a draft of ours. A package comes from anywhere: who knows the password may have made it
 * by hand. Everything is looked at before anything is stored; one foreign part refuses the whole.
 */
import { formOf, isAward } from '../../domain/forms'
import type { Form } from '../../domain/forms/kinds'
import { CLIENT_VERSION, MAX_VALUE_LENGTH, parsePath, UNSEEN, type Json } from '../../domain/sync'
import { fileFacts, MOST_VERSIONS, type PackageContent } from './content'
import { RescueFault } from './fault'

/** Far above any real draft, far below what would harm a phone. */
const most = { registers: 20_000, conflicts: 2000, receipts: 500, checkpoints: 5000, files: 2000 }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const reasons = new Set<unknown>(['changed', 'deleted'])
const whys = new Set<unknown>(['merge', 'other-person', 'copy', 'restore', 'import'])

type Loose = Record<string, unknown>

/** The content, once every part of it has been looked at. @throws RescueFault foreign, newer */
export function checked(parsed: unknown): PackageContent {
  const { id, made, client, from, draft, registers, pending, conflicts, receipts, versions, checkpoints, files } = record(parsed)
  expect(isUuid(id) && isInstant(made) && isCount(client))
  const form = formIn(list(registers, most.registers), Number(client))
  const owner = record(from)
  expect((owner.account === null || isText(owner.account, 80)) && isText(owner.phone, 80))
  expect(owner.epoch === null || isText(owner.epoch, 80))
  const about = record(draft)
  expect(isUuid(about.id) && isCount(about.revision) && isCount(about.changedAt))
  if (about.submission !== null) {
    const { receipt, revision, at } = record(about.submission)
    expect(isText(receipt, 80) && isCount(revision) && isInstant(at))
  }
  const value = (path: unknown, one: unknown, by: unknown, at: unknown) =>
    expect(typeof path === 'string' && hasPlace(form, path, one) && isText(by, 80) && isInstant(at))

  for (const { path, value: one, version, by, at } of list(registers, most.registers)) {
    value(path, one, by, at)
    // Not held against the draft's revision, a cursor: right after sending, versions are ahead of it until the next pull.
    expect(isVersion(version))
  }
  for (const { path, base } of list(pending, most.registers))
    expect(typeof path === 'string' && isVersion(base))
  for (const { id: conflict, closed, path, mine, by, at, reason } of list(conflicts, most.conflicts)) {
    value(path, mine, by, at)
    expect(isUuid(conflict) && (closed === 0 || closed === 1) && reasons.has(reason))
  }
  for (const { path, version, since, until, value: one, by, at } of list(versions, MOST_VERSIONS)) {
    value(path, one, by, at)
    expect(isVersion(version) && isCount(until) && (since === undefined || isCount(since)))
  }
  for (const { at, why } of list(checkpoints, most.checkpoints)) expect(isCount(at) && whys.has(why))
  for (const receipt of list(receipts, most.receipts))
    expect(receipt.draft === about.id && isText(receipt.number, 80) && isValue(receipt))
  for (const file of list(files, most.files)) expect(fileFacts(file as Json) !== null && isCount(file.bytes))
  noneTwice(list(registers, most.registers), 'path')
  noneTwice(list(files, most.files), 'sha256')
  return parsed as PackageContent
}

/** The form of the draft. What a newer one has filled would be half understood here. */
function formIn(registers: readonly Loose[], client: number): Form {
  const about = registers.find(({ path }) => path === '$draft')?.value
  if (client > CLIENT_VERSION) throw new RescueFault('newer')
  const { award, call, formVersion } = record(about)
  expect(isAward(award) && isText(call, 40) && isCount(formVersion))
  const form = formOf(isAward(award) ? award : 'technician')
  if (Number(formVersion) > form.version) throw new RescueFault('newer')
  return form
}

function hasPlace(form: Form, path: string, value: unknown): boolean {
  const known = parsePath(form, path)
  if (!known || !isValue(value)) return false
  if (known.at === 'row') return value === null || (typeof value === 'object' && isText((value as Loose).order, 200))
  if (path.endsWith('/file')) return value === null || fileFacts(value as Json) !== null
  if (known.at !== 'draft' || value === null) return true
  if (known.name === '$title') return isText(value, 200)
  return known.name === '$deleted' ? typeof value === 'boolean' : typeof value === 'object' && !Array.isArray(value)
}

/** Plain JSON of an answer's size and depth, without keys that objects have by themselves. */
function isValue(value: unknown): boolean {
  return value !== undefined && isShallow(value, 8) && JSON.stringify(value).length <= MAX_VALUE_LENGTH
}
function isShallow(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  const hidden = Object.keys(value).some((key) => ['__proto__', 'constructor', 'prototype'].includes(key))
  return left > 0 && !hidden && Object.values(value).every((one) => isShallow(one, left - 1))
}

function expect(fits: boolean): void {
  if (!fits) throw new RescueFault('foreign')
}
function record(value: unknown): Loose {
  expect(typeof value === 'object' && value !== null && !Array.isArray(value))
  return value as Loose
}
function list(value: unknown, longest: number): Loose[] {
  expect(Array.isArray(value) && value.length <= longest)
  return (value as unknown[]).map(record)
}
function noneTwice(all: readonly Loose[], key: string): void {
  expect(new Set(all.map((one) => one[key])).size === all.length)
}
const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value)
const isText = (value: unknown, longest: number) => typeof value === 'string' && value.length <= longest
const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0
const isVersion = (value: unknown) => isCount(value) && Number(value) <= UNSEEN
const isInstant = (value: unknown) => typeof value === 'string' && value.length <= 40 && Number.isFinite(Date.parse(value))
