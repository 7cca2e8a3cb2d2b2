/** The PIN of the database in use: set, given, changed, forgotten, taken away. docs/decisions/0013-pin-lock.md */
import { pinDigits } from '../../domain/rules/pin'
import { continueAdoption } from '../adopt'
import type { PhoneDatabase, PinRow } from '../database'
import { Refused } from '../failure'
import { alone } from '../lock'
import { openAnew, ownerOf, phone } from '../phone'
import type { Bytes } from '../rescue/format'
import { changed } from '../wake'
import { wire } from '../wire'
import { escrow } from './escrow'
import { tellTabs } from './lock'
import { moveAll } from './move'
import { forgetDoor, openDoor } from './notes'
import { dataKey, openBytes, openingCodec, sealBytes, sealedCodec } from './sealed'
import { nextTurn, takeTry, type Turn } from './tries'
import { unwrap, wrap } from './wrap'

/** Minutes without a touch that can be chosen. */
export const lockAfter = [1, 5, 15] as const

const turnOfPin = (db: PhoneDatabase) => `jiangshen-pin-${db.name}`

/** Where there is none yet: a guest has nobody who could give a forgotten one back. */
export class PinNeedsAccount extends Error {
  override readonly name = 'PinNeedsAccount'
  constructor() {
    super('请先登录，再设应用锁')
  }
}

/**
 * Sets a PIN and seals everything. The data key is at the server first: without the network, or signed out, it throws what
 * the wire throws, and no PIN is set. What IndexedDB throws while sealing (a full disk) leaves the PIN set and everything
 * readable; `finishMoving` goes on.
 */
export function setPin(typed: string, after: number): Promise<void> {
  const home = phone()
  return alone(turnOfPin(home.db), async () => {
    const { account, left, epoch } = await ownerOf(home.db)
    if (account === null) throw new PinNeedsAccount()
    if ((await home.db.pin.count()) > 0) throw new Error('这台手机上已经设了应用锁')
    const raw = crypto.getRandomValues(new Uint8Array(32))
    const id = crypto.randomUUID()
    await giveKey(account, id, raw)
    const key = await dataKey(raw)
    const proof = await sealBytes(key, new Uint8Array())
    const row: PinRow = { key: 'pin', id, ...(await wrap(raw, pinDigits(typed))), proof, tries: 0, lastTry: 0, after, moving: 'in', ...(epoch ? { epoch } : {}) }
    const { name } = home.db
    // Under the new key all of it, also what may be left of an earlier one's.
    if (left) await moveAll(home.db, home.codec, 'out')
    openDoor(name, sealedCodec(key))
    try {
      await home.db.transaction('rw', [home.db.pin, home.db.owner], async () => {
        await home.db.pin.add(row)
        await home.db.owner.update('owner', { left: undefined })
      })
    } catch (reason) {
      forgetDoor(name)
      throw reason
    }
    tellTabs(name)
    await moveAll(home.db, home.codec, 'in')
    await home.db.pin.update('pin', { moving: 'settle' })
  })
}

async function giveKey(account: string, id: string, raw: Bytes): Promise<void> {
  // Under somebody else's session the key would be theirs.
  if ((await (await wire()).whoAmI())?.id !== account)
    throw new Refused(401, { code: 'other-account', message: '请重新登录，再设应用锁', trace: '' })
  await (await escrow()).give(id, raw)
}

/** A server that was restored from a backup may not have the key any more: each epoch gets it once. */
async function giveKeyAgain(raw: Bytes): Promise<void> {
  const { db } = phone()
  const [row, { account, epoch }] = await Promise.all([db.pin.get('pin'), ownerOf(db)])
  if (!row || row.moving === 'out' || account === null || epoch === undefined || row.epoch === epoch) return
  await giveKey(account, row.id, raw)
  await db.pin.update('pin', { epoch })
}

/** Tries a PIN, and opens the database where it is the right one: null. Else what may be done next. */
export const unlock = (typed: string): Promise<Turn | null> => withKey(typed, letIn)

/** Another PIN for the same key; nothing is sealed anew. Resolves like `unlock`. */
export const changePin = (old: string, next: string): Promise<Turn | null> =>
  withKey(old, async (db, raw) => {
    await db.pin.update('pin', await wrap(raw, pinDigits(next)))
    tellTabs(db.name)
  })

/** Takes the PIN away and opens every payload. Resolves like `unlock`; throws, and goes on later, like `setPin`. */
export const removePin = (typed: string): Promise<Turn | null> =>
  withKey(typed, async (db, raw) => {
    await db.transaction('rw', [db.pin, db.owner], async () => {
      const { left = [] } = await ownerOf(db)
      await db.pin.update('pin', { moving: 'out' })
      await db.owner.update('owner', { left: [...left, raw] })
    })
    openDoor(db.name, openingCodec(sealedCodec(await dataKey(raw))))
    tellTabs(db.name)
    await finishMoving()
  })

export const changeLockAfter = (after: number) => phone().db.pin.update('pin', { after })

/** Asks for the key of a forgotten PIN before its user has to think of another one. Throws like `renewPin`. */
export async function keyIsThere(): Promise<void> {
  const row = await phone().db.pin.get('pin')
  if (row) (await (await escrow()).fetch(row.id)).fill(0)
}

/**
 * A forgotten PIN: the data key comes back from the server, under a new PIN. Throws what the wire throws: Refused 401 or
 * 403 where its user has to sign in first.
 */
export async function renewPin(next: string): Promise<void> {
  const { db } = phone()
  const row = await db.pin.get('pin')
  if (!row) return
  const raw = await (await escrow()).fetch(row.id)
  // Whatever came back: only the key that opens this database takes the place of the one that does.
  await openBytes(await dataKey(raw), row.proof)
  await db.pin.update('pin', { ...(await wrap(raw, pinDigits(next))), tries: 0, lastTry: 0 })
  tellTabs(db.name)
  await letIn(db, raw)
}

/** Goes on sealing or opening where it was broken off. Throws what IndexedDB throws. */
export const finishMoving = (): Promise<void> => goOn('settle')

async function goOn(then: 'settle' | undefined): Promise<void> {
  const { db, codec } = phone()
  await alone(turnOfPin(db), async () => {
    const row = await db.pin.get('pin')
    if (!row?.moving || row.moving === then) return
    await moveAll(db, codec, row.moving === 'out' ? 'out' : 'in')
    if (row.moving !== 'out') return void (await db.pin.update('pin', { moving: then }))
    await db.pin.delete('pin')
    forgetDoor(db.name)
    openAnew()
    tellTabs(db.name)
    await escrow().then((one) => one.drop(row.id)).catch(() => undefined)
  })
}

async function letIn(db: PhoneDatabase, raw: Bytes): Promise<void> {
  const codec = sealedCodec(await dataKey(raw))
  openDoor(db.name, (await db.pin.get('pin'))?.moving === 'out' ? openingCodec(codec) : codec)
  openAnew()
  // Without the network, or signed out: the next time.
  void giveKeyAgain(raw).catch(() => undefined)
  // What was broken off or put off until now; on a full disk it is until the next time.
  void continueAdoption().then(() => goOn(undefined)).catch(() => undefined).then(changed)
}

/** Does something with the data key where the PIN is right. */
async function withKey(typed: string, use: (db: PhoneDatabase, raw: Bytes) => Promise<void>): Promise<Turn | null> {
  const { db } = phone()
  const turn = await takeTry(db, Date.now())
  if (turn.may !== 'try') return turn
  const raw = await unwrap(turn.row, pinDigits(typed))
  if (!raw) return nextTurn(db, Date.now())
  await db.pin.update('pin', { tries: 0, lastTry: 0 })
  await use(db, raw)
  return null
}
