/** What this phone remembers: one database per account (a guest's has none), all tables in one place. */
import Dexie, { type Table } from 'dexie'
import type { FileFacts } from '../domain/forms/kinds'
import type { Json, RejectReason, SubmissionState } from '../domain/sync'
import type { Receipt } from '../domain/submission'
import type { Sealed, SealedBytes } from './codec'
import { refuseNewer } from './readOnly'
import { makeWayForUpgrades } from './upgrade'

export interface OwnerRow {
  key: 'owner'
  /** UUID of this database as a device; sequence numbers count per device. */
  device: string
  nextSeq: number
  /** The account's id; null for a guest. */
  account: string | null
  /** The server's life that versions and cursors here belong to; another one means that it was restored from a backup. */
  epoch?: string
  /** Data keys of PINs that were taken away, see pin/left.ts. */
  left?: Uint8Array<ArrayBuffer>[]
  payload: Sealed<{ name: string; phone: string }>
}

export interface DraftRow {
  id: string
  /** The server's revision up to which everything is stored here. */
  revision: number
  /** What came with that revision: after a restore the server may give its number to something else. */
  mark?: string
  /** ms, the phone's clock: sorts the list of drafts. */
  changedAt: number
  /** The key under which this content was submitted; `done` once its receipt is here. One content, one key. */
  attempt?: { key: string; revision: number; digest: string; done?: true }
  /** What was submitted and is gone from a server that was restored from a backup; `standing`: what it had instead. */
  lost?: { receipt: string; standing: string | null }
  payload: Sealed<{ submission?: SubmissionState | null }>
}

export interface RegisterRow {
  draft: string
  path: string
  /** 0 until the server has written it once. */
  version: number
  /** From this version up to `version`, only this phone has written here. */
  upon?: number
  /** Marks a deleted row. */
  gone?: 1
  /** ms, the phone's clock: since when it stands here. */
  since?: number
  /** It was written elsewhere, and came with a pull. */
  elsewhere?: 1
  payload: Sealed<{ value: Json; by: string; at: string }>
}

export interface OutboxRow {
  id?: number
  draft: string
  path: string
  base: number
  /** Given when it is sent for the first time; never changes afterwards. */
  seq: number | null
  /** parked: an edit in a row that was deleted here before it was sent; it goes when the row comes back. */
  state: 'waiting' | 'refused' | 'parked'
  reason?: RejectReason
  /** refused: what stands on the server in its place; null where nothing does, absent where nobody has said. */
  stands?: RegisterRow | null
  payload: Sealed<{ value: Json; at: string }>
}

export interface FileRow {
  sha256: string
  type: FileFacts['type']
  bytes: number
  /** ArrayBuffers, not Blobs: WebKit fails on those. */
  payload: Sealed<{ buf: ArrayBuffer }>
}

export interface UploadRow {
  draft: string
  sha256: string
  bytes: number
  state: 'waiting' | 'confirmed' | 'refused'
  /** Bytes that the server has; a bar, not a proof. */
  sent: number
  /** Its small picture has reached the server. */
  previewed?: 1
  /** tries: how often it came in other than it was sent. */
  payload: Sealed<{ url?: string; reason?: string; tries?: number }>
}

export interface ConflictRow {
  draft: string
  id: string
  /** Closed on this phone, not yet told to the server. */
  closed: 0 | 1
  /** When this value was refused: a later value of that device has the same id, and isn't what somebody looked at. */
  at?: string
  payload: Sealed<{ path: string; mine: Json; by: string; at: string; reason: 'changed' | 'deleted' }>
}

export interface ReceiptRow {
  number: string
  draft: string
  payload: Sealed<{ receipt: Receipt }>
}

/** A value that stood in a register and was replaced. */
export interface VersionRow extends Omit<RegisterRow, 'gone'> {
  id?: number
  /** ms, the phone's clock: when it was replaced. */
  until: number
}

/** A moment that the draft can be brought back to, noted before something larger happened to it. */
export interface CheckpointRow {
  id?: number
  draft: string
  /** ms, the phone's clock. */
  at: number
  why: 'merge' | 'other-person' | 'copy' | 'restore' | 'import'
  /** import: path → times of the edits that it decided upon; a later import leaves those alone. */
  took?: Record<string, string[]>
}

/** Stands here where a PIN is set: see docs/decisions/0013-pin-lock.md. */
export interface PinRow {
  key: 'pin'
  /** Under this name the server keeps the data key for whoever forgets the PIN. */
  id: string
  /** The server's epoch in which it was given the key: one that was restored from a backup may have lost it. */
  epoch?: string
  /** What the PIN's own key is made with: Argon2id, memory in KiB. */
  salt: Uint8Array<ArrayBuffer>
  memory: number
  passes: number
  /** The data key, sealed under the PIN's. */
  wrapped: SealedBytes
  /** Nothing, sealed under the data key: tells whether a key is the one. */
  proof: SealedBytes
  /** Tries since the last right one, counted before each is looked at; and when the last one was, ms by the phone's clock. */
  tries: number
  lastTry: number
  /** Minutes without a touch after which it locks. */
  after: number
  /** in: payloads are being sealed; settle: all were, and once more after the next unlocking: by then no tab is left that
   * had begun to write before it heard of the PIN; out: they are being opened, and the PIN goes with the last one. */
  moving?: 'in' | 'settle' | 'out'
  /** Name of a guest's database whose drafts its user wants here, as soon as it can be written. */
  adopt?: string
}

/** The highest version below. Tables and indexes are only added, never changed or taken away. */
export const DATABASE_VERSION = 3

export class PhoneDatabase extends Dexie {
  owner!: Table<OwnerRow, 'owner'>
  drafts!: Table<DraftRow, string>
  registers!: Table<RegisterRow, [string, string]>
  outbox!: Table<OutboxRow, number>
  files!: Table<FileRow, string>
  thumbnails!: Table<FileRow, string>
  uploads!: Table<UploadRow, [string, string]>
  conflicts!: Table<ConflictRow, [string, string]>
  receipts!: Table<ReceiptRow, string>
  versions!: Table<VersionRow, number>
  checkpoints!: Table<CheckpointRow, number>
  pin!: Table<PinRow, 'pin'>

  constructor(name: string) {
    // Only what is on disk counts as saved, also when the power goes.
    super(name, { chromeTransactionDurability: 'strict' })
    this.version(1).stores({
      owner: 'key',
      drafts: 'id, changedAt',
      registers: '[draft+path], draft',
      outbox: '++id, [draft+path], draft, seq, state',
      files: 'sha256',
      thumbnails: 'sha256',
      uploads: '[draft+sha256], draft, sha256, state',
      conflicts: '[draft+id], draft',
      receipts: 'number, draft',
    })
    // Only what is new; the tables of version 1 stand as they are.
    this.version(2).stores({ versions: '++id, [draft+path], draft', checkpoints: '++id, draft' })
    // An app that knows no PIN must not write plain rows beside sealed ones: to it, this database is a newer one.
    this.version(DATABASE_VERSION).stores({ pin: 'key' })
    refuseNewer(this, DATABASE_VERSION)
    makeWayForUpgrades(this)
  }
}
