/** One sender at a time, whatever the number of tabs. Answers never wait for files: each kind has its own turn. */
import { isShut, Locked } from './door'
import { Refused, sentenceOf } from './failure'
import { alone, answersTurn, onceMore } from './lock'
import { onDatabaseChange, ownerOf, phone, type Phone } from './phone'
import { pullAll } from './pull'
import { hasWork, pushAll } from './push'
import { newerDatabases } from './readOnly'
import { shareStatus } from './sharedStatus'
import { status } from './syncStatus'
import { boundHistory } from './thinOut'
import { uploadAll } from './upload'
import { onChange } from './wake'
import { wire, type Wire } from './wire'

let failures = 0
let rounds = 0
let timer: ReturnType<typeof setTimeout> | undefined
/** ms: the server asked to be left alone until then. */
let notBefore = 0

onDatabaseChange(() => {
  clearTimeout(timer)
  failures = 0
  Object.assign(status, { trouble: '', signInNeeded: false, nextTry: 0 })
})

/** Sends what waits and fetches what changed. Resolves with whether all of it succeeded; never throws. */
export async function drain(using: () => Promise<Wire> = wire): Promise<boolean> {
  const home = phone()
  const began = Date.now()
  status.running = ++rounds > 0
  try {
    await boundHistory(home.db)
    // A newer app has written here: what it wrote can be looked at, and is its own to send.
    if (isShut(home.db.name) || newerDatabases.has(home.db.name) || (await ownerOf(home.db)).account === null) return false
    clearTimeout(timer)
    const now = await using()
    await exchange(now, home)
    try {
      await onceMore(filesTurn(home), home, () => uploadAll(now, home))
    } finally {
      // What was typed in the meantime goes along, also when a file failed.
      if (await hasWork(home)) await exchange(now, home)
    }
    failures = 0
    if (home.db === phone().db) Object.assign(status, { trouble: '', signInNeeded: false, nextTry: 0, succeededAt: Date.now() })
    return true
  } catch (reason) {
    // Another account came into use: this round's failure is not its business.
    // Locked meanwhile: unlocking goes on with it, and there is nothing to try before.
    if (home.db === phone().db && !(reason instanceof Locked)) failed(reason, Date.now() - began)
    return false
  } finally {
    status.running = --rounds > 0
  }
}

/** Sends all of one draft, as far as it may be sent, before its submission. Throws what the wire throws. */
export async function sendDraft(now: Wire, home: Phone, draft: string): Promise<void> {
  await exchange(now, home)
  await alone(filesTurn(home), () => uploadAll(now, home, draft))
}

/** For work that needs the answers' queue to stand still, e.g. a submission. */
export const whileNobodySends = <T>(home: Phone, work: () => Promise<T>) => alone(answersTurn(home.db.name), work)

/** Operations up, changes down. */
function exchange(now: Wire, home: Phone): Promise<void> {
  return onceMore(answersTurn(home.db.name), home, async () => {
    await sameAccount(now, home)
    try {
      await upAndDown(now, home)
    } catch (reason) {
      if (!(reason instanceof Refused) || reason.code !== 'restored') throw reason
      const { recover } = await import('./recover')
      await recover(now, home)
      await upAndDown(now, home)
    }
  })
}

async function upAndDown(now: Wire, home: Phone): Promise<void> {
  await pushAll(now, home)
  await pullAll(now, home)
}

let checked = ''
/** The session is the browser's, the drafts are the database's: another tab may have signed somebody else in. */
async function sameAccount(now: Wire, { db }: Phone): Promise<void> {
  if (checked === db.name) return
  const [who, owner] = [await now.whoAmI(), await ownerOf(db)]
  if (who?.id !== owner.account) throw new Refused(401, { code: 'other-account', message: '请重新登录，登录后会自动同步', trace: '' })
  checked = db.name
}

/** @param took ms; a round that waited for a dead line has waited already */
function failed(reason: unknown, took: number): void {
  checked = ''
  status.trouble = sentenceOf(reason)
  status.signInNeeded = reason instanceof Refused && reason.status === 401
  if (status.signInNeeded) return
  const retryAfter = reason instanceof Refused ? (reason.retryAfter ?? 0) * 1000 : 0
  // Seconds 2, 4, 8 … 300, each with jitter, so that a city's phones don't come back all at once.
  const backOff = Math.min(300_000, 2000 * 2 ** failures++) * (0.5 + Math.random() / 2)
  const wait = Math.max(retryAfter, 1000, backOff - took)
  if (retryAfter > 0) notBefore = Date.now() + retryAfter
  status.nextTry = Date.now() + wait
  clearTimeout(timer)
  timer = setTimeout(() => void drain(), wait)
}

const filesTurn = ({ db }: Phone) => `jiangshen-files-${db.name}`

/** Called once by the app: sends on start, when the network or the page comes back, after edits, and now and then. */
export function keepDraining(): void {
  shareStatus()
  let soon: ReturnType<typeof setTimeout> | undefined
  const wakeUp = () => {
    if (Date.now() >= notBefore) void drain()
  }
  onChange(() => {
    clearTimeout(soon)
    soon = setTimeout(wakeUp, 1500)
  })
  addEventListener('online', wakeUp)
  addEventListener('pageshow', (event) => event.persisted && wakeUp())
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wakeUp())
  setInterval(wakeUp, 60_000)
  wakeUp()
}
