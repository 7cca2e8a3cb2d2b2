/**
 * What a newer version of the app has written is shown and exported, never changed: this version doesn't know what its
 * parts mean. Dexie by itself opens a newer database as if it were its own.
 */
import type Dexie from 'dexie'
import { shallowReactive, shallowRef } from 'vue'
import { CLIENT_VERSION, type PushReply } from '../domain/sync'

/** Names of databases here that a newer version of the app has used. */
export const newerDatabases = shallowReactive(new Set<string>())

/** Somebody (the server, another phone of this person) already uses a newer version than this one. */
export const behind = shallowRef(false)

/** The server says with each push which version of the protocol and of the forms it knows; it takes every earlier one. */
export function noteVersion(reply: PushReply): PushReply {
  if ((reply.client ?? 0) > CLIENT_VERSION) behind.value = true
  return reply
}

/** Thrown before anything was written. */
export class SavedByNewer extends Error {
  override readonly name = 'SavedByNewer'
  constructor(what: 'phone' | 'draft') {
    super(what === 'phone' ? newerPhone : newerDraft)
  }
}
const newerPhone = '这台手机上的草稿由更新的版本保存过，这个旧版本只能查看、不能修改。请更新后再填。'
const newerDraft = '这份草稿由更新的版本填写过，这个旧版本只能查看、不能修改。请更新后再填。'

/**
 * Refuses every write to a database whose version is above `ours`, whoever asks for it. Tables and indexes are only ever
 * added (docs/decisions/0006-versions.md); Dexie would put back one that is missing, before anybody could refuse it.
 */
export function refuseNewer(db: Dexie, ours: number): void {
  // Natively ten times Dexie's number, so that it has room for steps in between.
  const isNewer = () => Math.floor((db.backendDB()?.version ?? 0) / 10) > ours
  db.use({
    stack: 'dbcore',
    name: 'newer-is-read-only',
    create: (core) => ({
      ...core,
      transaction: (tables, mode, options) => {
        if (mode === 'readwrite' && isNewer()) throw new SavedByNewer('phone')
        return core.transaction(tables, mode, options)
      },
    }),
  })
  db.on('ready', () => void newerDatabases[isNewer() ? 'add' : 'delete'](db.name), true)
}

/** Drafts here that a newer form has filled, as far as they have been read: nobody edits what nobody has read. */
const newerDrafts = new Set<string>()

/** Called by whoever reads a draft. Says why it can only be looked at; empty where it can be changed. */
export function readOnlyReason(db: Dexie, draft: string, formVersion: unknown, ours: number): string {
  const isNewer = typeof formVersion === 'number' && formVersion > ours
  newerDrafts[isNewer ? 'add' : 'delete'](draft)
  if (isNewer) behind.value = true
  // The whole of it stands above every page (VersionNotices.vue).
  return newerDatabases.has(db.name) ? '这个旧版本只能查看，请更新后再填。' : isNewer ? newerDraft : ''
}

/** @throws SavedByNewer */
export function assertEditable(draft: string): void {
  if (newerDrafts.has(draft)) throw new SavedByNewer('draft')
}
